import { Args, ArgsType, Ctx, Field, FieldResolver, Int, registerEnumType, Resolver, Root } from "type-graphql";
import type { Context } from "../../context.js";
import { InvalidInput } from "../../errors.js";
import { batched } from "../../graphql/batched.js";
import { machineList } from "../../machine/machine.list.js";
import { COLOR_BY, type ColorBy, type DrawnFace, type Theme, THEMES } from "../drawing/draw-options.js";
import { elevationsOf } from "../drawing/elevation.store.js";
import type { Numbering } from "../rack-plan.js";
import { NumberingEnum, Rack } from "../rack.entity.js";
import { plansOf } from "../rack-plan.store.js";
import { rackdiagText } from "../rackdiag/rackdiag-text.js";
import { TERMINAL_WIDTHS } from "../terminal/terminal-drawing.js";
import type { DiagramFormat } from "./diagram-format.js";
import { DEFAULT_OPTIONS, type DiagramOptions } from "./diagram-options.js";
import { highlightedIn } from "./highlight.js";
import { writeDiagram } from "./write-diagram.js";

const ViewedFaceEnum = { FRONT: "FRONT", REAR: "REAR", BOTH: "BOTH" } as const satisfies { [face in DrawnFace]: face };
registerEnumType(ViewedFaceEnum, {
  name: "ViewedFace",
  description: "The side of the rack one looks at; BOTH draws the rear beside the front.",
});
const ThemeEnum = Object.fromEntries(THEMES.map((theme) => [theme.toUpperCase(), theme]));
registerEnumType(ThemeEnum, {
  name: "Theme",
  description:
    "AUTO follows the viewer's light or dark setting; PRINT is black ink on white, CLASSIC rackdiag's own look.",
});

/** What is text; a PNG and a PDF are no strings. */
const FormatEnum = {
  SVG: "svg",
  CSV: "csv",
  MARKDOWN: "md",
  HTML: "html",
  TEXT: "txt",
  RACKDIAG: "diag",
} as const satisfies Record<string, DiagramFormat>;
type TextFormat = (typeof FormatEnum)[keyof typeof FormatEnum];
registerEnumType(FormatEnum, {
  name: "DiagramFormat",
  description: "What a diagram is written as. PNG and PDF are at /racks/NAME.png and .pdf of the control plane.",
  valuesConfig: {
    CSV: { description: "RFC 4180, a line for each thing that stands there." },
    TEXT: { description: "For a terminal: Unicode, a line for each unit." },
    RACKDIAG: { description: "In rackdiag's language." },
  },
});
const ColorByEnum = Object.fromEntries([...COLOR_BY, "LABEL" as const].map((by) => [by, by]));
registerEnumType(ColorByEnum, { name: "ColorBy", description: "What colours tell; LABEL the value of `colorLabel`." });

@ArgsType()
class DiagramArgs {
  @Field(() => FormatEnum, { defaultValue: FormatEnum.SVG })
  format: TextFormat;

  @Field(() => ViewedFaceEnum, { defaultValue: "FRONT" })
  face: DrawnFace;

  @Field(() => ThemeEnum, { defaultValue: "auto" })
  theme: Theme;

  @Field(() => ColorByEnum, { defaultValue: "STATE" })
  colorBy: ColorBy["by"];

  @Field(() => String, { nullable: true, description: "The key of the label that colours tell." })
  colorLabel?: string | null;

  @Field(() => machineList.filter.Input, { nullable: true, description: "Whatever it does not mean fades." })
  highlight?: object | null;

  @Field(() => Boolean, {
    defaultValue: true,
    description: "Whether machines that are seen elsewhere than planned are drawn where they are seen.",
  })
  ghosts: boolean;

  @Field(() => NumberingEnum, { nullable: true, description: "Instead of the rack's own." })
  numbering?: Numbering | null;

  @Field(() => Int, { nullable: true, description: "Of the terminal, for TEXT; 80 when not given." })
  width?: number | null;
}

@Resolver(() => Rack)
export class DiagramResolver {
  @FieldResolver(() => String, { description: "The rack as text, by default as an SVG document.", complexity: 100 })
  async diagram(
    @Root() rack: Rack,
    @Ctx() context: Context,
    @Args(() => DiagramArgs) args: DiagramArgs,
  ): Promise<string> {
    const options = optionsOf(args);
    const { app } = context;
    const { manager } = app.database;
    if (args.format === "diag") {
      const load = async (racks: Rack[]) => byRack(racks, await plansOf(manager, racks));
      const plan = await batched(context, "rack plans", rack, load);
      return rackdiagText(plan === undefined ? [] : [plan]).text;
    }
    const { highlight, ghosts } = args;
    const load = async (racks: Rack[]) => {
      const highlighted = highlight == null ? undefined : await highlightedIn(context, racks, highlight);
      const againstPlan = ghosts ? await app.againstPlan(manager, racks, app.now()) : undefined;
      return byRack(racks, await elevationsOf(manager, racks, app.now(), { highlighted, againstPlan }));
    };
    const elevation = await batched(context, `elevations ${JSON.stringify([highlight ?? null, ghosts])}`, rack, load);
    return String(await writeDiagram(args.format, elevation === undefined ? [] : [elevation], options));
  }
}

function byRack<T>(racks: readonly Rack[], values: readonly T[]): Map<Rack, T> {
  return new Map(racks.map((rack, i) => [rack, values[i] as T]));
}

/** @throws InvalidInput */
function optionsOf({ face, theme, colorBy, colorLabel, ghosts, numbering, width }: DiagramArgs): DiagramOptions {
  const { least, most } = TERMINAL_WIDTHS;
  if (width != null && (width < least || width > most)) {
    throw new InvalidInput(`a terminal of ${width} cells; write ${least} to ${most}`, ["width"]);
  }
  if (colorBy === "LABEL" && colorLabel == null) {
    throw new InvalidInput("colorBy LABEL takes the label's key as colorLabel", ["colorLabel"]);
  }
  return {
    ...DEFAULT_OPTIONS,
    ghosts,
    draw: { face, theme, colorBy: colorBy === "LABEL" ? { by: colorBy, key: colorLabel ?? "" } : { by: colorBy } },
    numbering: numbering ?? null,
    terminal: { ...DEFAULT_OPTIONS.terminal, width: width ?? DEFAULT_OPTIONS.terminal.width },
  };
}
