import "reflect-metadata";
import { GraphQLError, type GraphQLSchema } from "graphql";
import { buildSchemaSync, getMetadataStorage, type AuthChecker } from "type-graphql";
import { AccessResolver } from "../access/access.resolver.js";
import { mayActAs, type Role } from "../access/role.js";
import { BootResolver } from "../boot/boot.resolver.js";
import type { Context } from "../context.js";
import { DhcpResolver } from "../dhcp/dhcp.resolver.js";
import { LifeResolver } from "../install/life.resolver.js";
import { InstallationResolver, MachineInstallResolver, ProfileResolver } from "../install/profile.resolver.js";
import { ConflictResolver } from "../machine/conflict.resolver.js";
import { MachineResolver } from "../machine/machine.resolver.js";
import { MachinePlaceResolver, RackResolver, ShelfResolver } from "../rack/rack.resolver.js";

const authChecker: AuthChecker<Context, Role> = ({ context, info }, [required]) => {
  if (required !== undefined && mayActAs(context.actor.role, required)) return true;
  throw new GraphQLError(`${info.fieldName} takes the role ${required}; this token has ${context.actor.role}`, {
    extensions: { code: "FORBIDDEN" },
  });
};

/** The whole API. @throws Error when a query or mutation has no role: what nobody decided about, nobody may do */
export function buildSchema(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      AccessResolver,
      BootResolver,
      ConflictResolver,
      DhcpResolver,
      InstallationResolver,
      LifeResolver,
      MachineInstallResolver,
      MachinePlaceResolver,
      MachineResolver,
      ProfileResolver,
      RackResolver,
      ShelfResolver,
    ],
    authChecker,
    validate: false,
  });
  const { queries, mutations } = getMetadataStorage();
  const open = [...queries, ...mutations].filter(({ roles }) => roles === undefined || roles.length !== 1);
  if (open.length > 0) throw new Error(`no role for ${open.map(({ methodName }) => methodName).join(", ")}`);
  return schema;
}
