import { Column, Entity, Index, PrimaryGeneratedColumn } from "typeorm";
import { instant } from "../db/columns.js";

/** What a mutation answered to a key of a token's, so that its repetition answers the same and does nothing. */
@Entity()
@Index("idempotency_key_token_key", ["tokenId", "key"], { unique: true })
export class IdempotencyKey {
  @PrimaryGeneratedColumn()
  readonly id: number;

  @Column({ type: "integer" })
  tokenId: number;

  @Column({ type: "varchar", length: 128 })
  key: string;

  /** SHA-256 of the mutation and its arguments, hexadecimal. */
  @Column({ type: "varchar", length: 64 })
  digest: string;

  /** The payload with global ids in the place of objects. */
  @Column({ type: "simple-json" })
  payload: Record<string, string | string[]>;

  @Column({ type: "integer", nullable: true })
  changeId: number | null;

  @Index("idempotency_key_created_at")
  @Column(instant())
  createdAt: Date;
}
