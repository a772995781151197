import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn, type Relation } from "typeorm";
import { Machine } from "../machine/machine.entity.js";
import type { BootPlatform } from "./boot-format.js";
import type { LocalBootMethod } from "./local-boot.js";

/** How a machine boots its local disk, where that is not the default. */
@Entity()
@Index("local_boot_machine_platform", ["machineId", "platform"], { unique: true })
export class LocalBootChoice {
  @PrimaryGeneratedColumn()
  readonly id: number;

  @Column({ type: "integer" })
  machineId: number;

  @ManyToOne(() => Machine, { onDelete: "CASCADE" })
  @JoinColumn({ name: "machine_id", foreignKeyConstraintName: "local_boot_choice_machine" })
  machine: Relation<Machine>;

  @Column({ type: "varchar", length: 8 })
  platform: BootPlatform;

  @Column({ type: "varchar", length: 8 })
  method: LocalBootMethod;

  /** A person's choice stays; what was found by trying may be tried again. */
  @Column({ type: "boolean" })
  chosen: boolean;
}
