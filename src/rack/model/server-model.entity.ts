import { Extensions, Field, Float, ID, ObjectType } from "type-graphql";
import { Column, Entity, Index, PrimaryGeneratedColumn } from "typeorm";
import { Node } from "../../graphql/node.js";

@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description: "Height, depth, weight and draw of a server, found by what SMBIOS says of its maker and product.",
})
@Entity()
@Index("server_model_patterns", ["manufacturerPattern", "productPattern"], { unique: true })
export class ServerModel {
  @PrimaryGeneratedColumn()
  readonly id: number;

  @Field(() => ID, { name: "id", simple: false })
  get globalId(): string {
    return `ServerModel:${this.id}`;
  }

  @Field(() => String, { description: "A prefix, compared without regard to case." })
  @Column({ type: "varchar", length: 128 })
  manufacturerPattern: string;

  @Field(() => String, { description: "A prefix; the longest that fits wins." })
  @Column({ type: "varchar", length: 128 })
  productPattern: string;

  @Column({ type: "integer" })
  heightHalfU: number;

  @Field(() => Float)
  @Extensions({ reads: ["heightHalfU"] })
  get heightU(): number {
    return this.heightHalfU / 2;
  }

  @Field(() => Boolean, { description: "True when it takes the front and the rear of its units." })
  @Column({ type: "boolean" })
  fullDepth: boolean;

  @Field(() => Float, { nullable: true, description: "A hint: sources mix least, most and shipping weight." })
  @Column({ type: "double precision", nullable: true })
  weightKg: number | null;

  @Field(() => Float, { nullable: true, description: "What it draws." })
  @Column({ type: "double precision", nullable: true })
  watts: number | null;
}
