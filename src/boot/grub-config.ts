import { InvalidInput } from "../errors.js";
import type { BootDecision } from "./decision.js";
import { screenText } from "./screen-text.js";

/**
 * A decision as a GRUB configuration. `server` is HOST:PORT for GRUB's http device; files are fetched by HTTP also
 * when GRUB itself came by TFTP. `exit` hands over to the firmware's next boot option: the local disk.
 */
export function printGrubConfig(decision: BootDecision, server: string): string {
  const name = decision.action === "register" ? "unknown machine" : screenText(decision.name);
  const local = `menuentry ${quoted(`${name} (${decision.rule}): boot the local disk`)} --id local {\n  exit\n}\n`;
  if (decision.action !== "install") return `set timeout=5\nset default=local\n${local}`;
  const { installer } = decision;
  const file = (path: string) => quoted(path.startsWith("/") ? `(http,${server})${path}` : httpDevice(path));
  const kernelWords = installer.arguments.split(/\s+/).filter((each) => each !== "");
  return `set timeout=3
set default=install
menuentry ${quoted(`${name} (${decision.rule}): ${installer.title}`)} --id install {
  ${installer.isChained ? "chainloader" : "linux"} ${[file(installer.kernel), ...kernelWords.map(quoted)].join(" ")}
${installer.initrds.length === 0 ? "" : `  initrd ${installer.initrds.map(file).join(" ")}\n`}}
${local}`;
}

function httpDevice(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "http:") throw new InvalidInput(`GRUB fetches by plain http, not from ${text}`);
  return `(http,${url.host})${url.pathname}${url.search}`;
}

// Within single quotes GRUB's script takes every character as it is: ; { } $ and blanks need no more than this.
function quoted(text: string): string {
  if (/[\x00-\x1f\x7f']/.test(text)) {
    throw new InvalidInput(`GRUB cannot be given ${JSON.stringify(text)}: write it on one line and without '`);
  }
  return `'${text}'`;
}
