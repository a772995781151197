import { Column, Entity, PrimaryColumn } from "typeorm";

/** What the database has to remember of itself, such as which secret key its digests were made with. */
@Entity()
export class Setting {
  @PrimaryColumn({ type: "varchar", length: 64 })
  name: string;

  @Column({ type: "text" })
  value: string;
}
