import { byValue } from "../graphql/list/filter-fields.js";
import { EntityList } from "../graphql/list/entity-list.js";
import { enumFilter, idFilter, instantFilter, textFilter } from "../graphql/list/value-filters.js";
import { ApiToken, RoleEnum } from "./api-token.entity.js";

export const apiTokenList: EntityList<ApiToken> = new EntityList(ApiToken, {
  filter: {
    id: byValue("id", idFilter("ApiToken")),
    name: byValue("name", textFilter),
    role: byValue("role", enumFilter("Role", RoleEnum)),
    createdAt: byValue("createdAt", instantFilter),
    expiresAt: byValue("expiresAt", instantFilter),
    revokedAt: byValue("revokedAt", instantFilter),
  },
  orders: { NAME: ["name", "id"] },
});
