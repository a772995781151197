import { Field, GraphQLISODateTime, ID, ObjectType, registerEnumType } from "type-graphql";
import { Column, Entity, Index, PrimaryGeneratedColumn } from "typeorm";
import { instant } from "../db/columns.js";
import { ROLES, type Role } from "./role.js";

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

@ObjectType({ description: "A bearer token of the control plane. Its secret is kept as a keyed digest only." })
@Entity()
export class ApiToken {
  @PrimaryGeneratedColumn()
  readonly id: number;

  @Field(() => ID, { name: "id" })
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

  @Field(() => GraphQLISODateTime)
  @Column(instant())
  createdAt: Date;

  @Field(() => GraphQLISODateTime, { nullable: true })
  @Column(instant({ nullable: true }))
  expiresAt: Date | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  @Column(instant({ nullable: true }))
  revokedAt: Date | null;
}
