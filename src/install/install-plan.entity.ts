import { Column, Entity, Index, PrimaryGeneratedColumn } from "typeorm";
import type { InstallPlan } from "./install-plan.js";

/** What machines were armed with. A thousand that were armed with the same share one. */
@Entity("install_plan")
export class KeptPlan {
  @PrimaryGeneratedColumn()
  readonly id: number;

  /** SHA-256 of the content, hexadecimal. */
  @Index("install_plan_digest", { unique: true })
  @Column({ type: "varchar", length: 64 })
  digest: string;

  @Column({ type: "simple-json" })
  content: InstallPlan;
}
