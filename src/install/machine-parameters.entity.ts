import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from "typeorm";
import { Machine } from "../machine/machine.entity.js";
import { Rack } from "../rack/rack.entity.js";
import type { StoredParameters } from "./parameters.js";

/** What one machine's templates get instead of its profile's values. */
@Entity()
export class MachineParameters {
  @PrimaryColumn({ type: "integer" })
  machineId: number;

  @ManyToOne(() => Machine, { onDelete: "CASCADE" })
  @JoinColumn({ name: "machine_id", foreignKeyConstraintName: "machine_parameters_machine" })
  machine: Relation<Machine>;

  @Column({ type: "simple-json" })
  parameters: StoredParameters;
}

/** The same for every machine that stands in one rack. */
@Entity()
export class RackParameters {
  @PrimaryColumn({ type: "integer" })
  rackId: number;

  @ManyToOne(() => Rack, { onDelete: "CASCADE" })
  @JoinColumn({ name: "rack_id", foreignKeyConstraintName: "rack_parameters_rack" })
  rack: Relation<Rack>;

  @Column({ type: "simple-json" })
  parameters: StoredParameters;
}
