import { entityKind } from "../changes/entity-kind.js";
import { ApiToken } from "./api-token.entity.js";

/** Neither the secret nor its digest. */
export const apiTokenKind = entityKind("ApiToken", ApiToken, ({ name, role, scopes, expiresAt, revokedAt }) => ({
  name,
  role,
  scopes,
  expiresAt: expiresAt?.toISOString() ?? null,
  revokedAt: revokedAt?.toISOString() ?? null,
}));
