import { Worker } from "node:worker_threads";
import { InvalidInput } from "../errors.js";
import { JobThread, type JobLimit } from "../job-thread.js";
import type { TemplateFormat } from "./config-format.js";
import type { InstallPlan } from "./install-plan.js";
import type { InstallValues } from "./install-values.js";
import type { Installer } from "./plan-render.js";
import type { Snippets } from "./template-include.js";

/** A text as it would be saved; see `checkTemplate`. */
export interface UncheckedTemplate {
  readonly name: string;
  readonly format: TemplateFormat;
  readonly text: string;
  readonly parameters: InstallValues["parameters"];
  readonly snippets: Snippets;
  /** The caller's input that it came from. */
  readonly field: readonly string[];
}

export type RenderJob =
  | { readonly as: "installer"; readonly plan: InstallPlan; readonly values: InstallValues }
  | {
      readonly as: "config";
      readonly plan: InstallPlan;
      readonly values: InstallValues;
      readonly saltSeed: string | undefined;
    }
  | { readonly as: "check"; readonly template: UncheckedTemplate };

export type RenderResult = Installer | string | readonly string[];

function nameOf({ as, plan }: Exclude<RenderJob, { as: "check" }>): string {
  return as === "config" ? plan.template.name : `${plan.profile}.arguments`;
}

// The engine's own limits (template-language.ts) end what they can and say where; one step that takes minutes, such as
// a search for half of a long text in it, is for these.
const LIMIT: JobLimit<RenderJob> = {
  ms: 2_000,
  refusal: (job, tooMuch) => {
    const what = tooMuch === "time" ? "runs too long" : "takes too much memory";
    const { name, field } = job.as === "check" ? job.template : { name: nameOf(job), field: [] };
    return new InvalidInput(`${name}: the template ${what}; make texts, lists and loops smaller`, field);
  },
};
const RESOURCES = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16 };

/** Templates are somebody's text: they are read and rendered beside the event loop, within hard limits. */
class RenderThread {
  private readonly thread = new JobThread<RenderJob, RenderResult>(
    () => new Worker(new URL("./render-worker.js", import.meta.url), { resourceLimits: RESOURCES }),
    LIMIT,
  );

  /** @throws InvalidInput when the kernel line cannot be written for this machine */
  installer(plan: InstallPlan, values: InstallValues): Promise<Installer> {
    return this.thread.do({ as: "installer", plan, values }) as Promise<Installer>;
  }

  /**
   * @param saltSeed what the salts of this machine's password hashes are made of; without it a hash is only shown as one
   * @throws InvalidInput when the file cannot be written for this machine
   */
  config(plan: InstallPlan, values: InstallValues, saltSeed?: string): Promise<string> {
    return this.thread.do({ as: "config", plan, values, saltSeed }) as Promise<string>;
  }

  /** @returns the parameters that it names. @throws InvalidInput when it is no template, or does not render for a sample machine */
  check(template: UncheckedTemplate): Promise<readonly string[]> {
    return this.thread.do({ as: "check", template }) as Promise<readonly string[]>;
  }
}

/** What a person tries at a desk must not keep a machine waiting. */
export const rendersForMachines = new RenderThread();
export const rendersForPeople = new RenderThread();
