import { Field, GraphQLISODateTime, ID, ObjectType, registerEnumType } from "type-graphql";
import { Column, Entity, Index, PrimaryGeneratedColumn } from "typeorm";
import { instant } from "../db/columns.js";
import { Node } from "../graphql/node.js";
import { ROLES, type Role } from "./role.js";
import { SCOPES, type Scope } from "./scope.js";

export const RoleEnum = Object.fromEntries(ROLES.map((role) => [role, role])) as { [role in Role]: role };
registerEnumType(RoleEnum, {
  name: "Role",
  description: "What a token may do; each role may do what the ones before it may.",
  valuesConfig: {
    VIEWER: { description: "Reads." },
    OPERATOR: { description: "Approves, names, places and locks machines; makes racks; decides conflicts." },
    PROVISIONER: { description: "Writes templates and profiles, arms and disarms machines." },
    ADMINISTRATOR: { description: "Makes and revokes tokens." },
  },
});

export const ScopeEnum = Object.fromEntries(Object.keys(SCOPES).map((scope) => [scope, scope])) as {
  [scope in Scope]: scope;
};
registerEnumType(ScopeEnum, {
  name: "Scope",
  description: "What a token may touch. A token without scopes may touch everything that its role may.",
  valuesConfig: Object.fromEntries(Object.entries(SCOPES).map(([scope, description]) => [scope, { description }])),
});

@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description: "A bearer token of the control plane. Its secret is kept as a keyed digest only.",
})
@Entity()
@Index("api_token_name_id", ["name", "id"])
export class ApiToken {
  @PrimaryGeneratedColumn()
  readonly id: number;

  @Field(() => ID, { name: "id", simple: false })
  get globalId(): string {
    return `ApiToken:${this.id}`;
  }

  /** The ID of `kr_ID.SECRET`. */
  @Index("api_token_key_id", { unique: true })
  @Column({ type: "varchar", length: 16 })
  keyId: string;

  /** HMAC-SHA256 of the secret, hexadecimal. */
  @Column({ type: "varchar", length: 64 })
  digest: string;

  @Field(() => String)
  @Column({ type: "varchar", length: 64 })
  name: string;

  @Field(() => RoleEnum)
  @Column({ type: "varchar", length: 16 })
  role: Role;

  @Field(() => [ScopeEnum], { description: "What it may touch; none given is everything that its role may." })
  @Column({ type: "simple-array", default: "" })
  scopes: Scope[];

  @Field(() => GraphQLISODateTime)
  @Column(instant())
  createdAt: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  @Column(instant({ nullable: true }))
  expiresAt: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  @Column(instant({ nullable: true }))
  revokedAt: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: "Its last request, known to the minute." })
  @Column(instant({ nullable: true }))
  lastUsedAt: Date | null;

  @Field(() => String, { nullable: true, description: "The address that its last request came from." })
  @Column({ type: "varchar", length: 45, nullable: true })
  lastUsedFrom: string | null;
}
