import { SaxesParser } from "saxes";
import { LineCounter, parseDocument } from "yaml";
import { InvalidInput } from "../errors.js";
import type { TemplateFormat } from "./config-format.js";

/**
 * Is what a template rendered a text of its language at all? Only for languages of which that can be told without the
 * installer.
 *
 * @throws InvalidInput with the place in the rendered text
 */
export function checkFormat(name: string, format: TemplateFormat, text: string): void {
  if (format === "IGNITION") checkIgnition(name, text);
  if (format === "AUTOINSTALL") checkUserData(name, text);
  if (format === "AUTOYAST") checkXml(name, text);
}

function checkIgnition(name: string, text: string): void {
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch (error) {
    throw new InvalidInput(`${name}: rendered, it is no JSON: ${(error as Error).message.slice(0, 200)}`);
  }
  const { ignition } = (config ?? {}) as { ignition?: { version?: unknown } };
  if (typeof ignition?.version !== "string") {
    throw new InvalidInput(`${name}: an Ignition configuration begins with {"ignition": {"version": "3.3.0"}, …}`);
  }
}

function checkUserData(name: string, text: string): void {
  if (!/^#cloud-config\s*\n/.test(text)) {
    throw new InvalidInput(`${name}: rendered, its first line has to be #cloud-config`);
  }
  const lines = new LineCounter();
  // 1.1 is what cloud-init's parser reads.
  const document = parseDocument(text, { version: "1.1", lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw new InvalidInput(`${name}: rendered, it is no YAML: line ${line}, column ${col}: ${error.message}`);
  }
  if (document.getIn(["autoinstall", "version"]) !== 1) {
    throw new InvalidInput(`${name}: an autoinstall needs "autoinstall:" with "version: 1"`);
  }
}

function checkXml(name: string, text: string): void {
  const parser = new SaxesParser({ xmlns: true });
  parser.on("error", ({ message }) => {
    throw new InvalidInput(`${name}: rendered, it is no XML: line ${message.replace(":", ", column ")}`);
  });
  parser.write(text).close();
}
