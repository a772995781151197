import type { ConfigFormat } from "./config-format.js";
import type { ParameterLevel } from "./parameters.js";
import type { ProfileBoots } from "./profile.entity.js";
import type { Snippets } from "./template-include.js";

/**
 * All that an installation takes from profiles and templates, as one value: what a machine is armed with stays as it is
 * whatever is saved afterwards. The machine's own values come to it when it boots.
 */
export interface InstallPlan {
  readonly profile: string;
  readonly title: string;
  readonly boots: ProfileBoots;
  readonly kernel: string;
  readonly initrds: readonly string[];
  readonly arguments: string;
  readonly template: { readonly name: string; readonly format: ConfigFormat; readonly text: string };
  readonly snippets: Snippets;
  /** The profile's, its parents' and the template's, the strongest first; secrets are sealed. */
  readonly levels: readonly ParameterLevel[];
}
