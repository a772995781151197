import { InvalidInput } from "../errors.js";
import type { MacAddress } from "../machine/mac-address.js";

/** What a profile lets an operator change. A list is for what comes in any number: packages, keys, name servers. */
export type ParameterValue = string | number | boolean | readonly string[];

/** Empty, null and undefined are one thing here: not known. A template that prints such a value is refused. */
export type Maybe<T> = T | null | undefined;

/** Everything a template may see: the closed list, described in README.md. */
export interface InstallValues {
  readonly machine: {
    readonly serialNumber: Maybe<string>;
    readonly manufacturer: Maybe<string>;
    readonly product: Maybe<string>;
    readonly uuid: Maybe<string>;
    readonly assetTag: Maybe<string>;
    readonly hostname: Maybe<string>;
    readonly domain: Maybe<string>;
    /** The interface that boots, and so the one to install over. */
    readonly macAddress: MacAddress;
    readonly ethernetInterfaces: readonly { readonly macAddress: MacAddress }[];
  };
  /** Missing as a whole when the machine stands in no rack. */
  readonly place: Maybe<{
    readonly site: Maybe<string>;
    readonly room: Maybe<string>;
    readonly row: Maybe<string>;
    readonly rack: string;
    /** The lowest unit, counted up from 1; halves occur. */
    readonly unit: number;
  }>;
  readonly profile: { readonly name: string };
  /** The profile's, with its parents' behind them and the machine's own in front. */
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  /** Absolute, the token in the query where one is needed; `images` has none and does not end in a slash. */
  readonly urls: {
    readonly started: string;
    readonly progress: string;
    readonly done: string;
    readonly failed: string;
    /** For the installed system, at its first start. */
    readonly booted: string;
    readonly config: string;
    /** What ESXi's boot program reads first. */
    readonly bootCfg: string;
    readonly images: string;
  };
}

/** `undefined`: any name, for the parameters are the profile's own. */
export const VALUE_NAMES: Readonly<Record<keyof InstallValues, readonly string[] | undefined>> = {
  machine: [
    "serialNumber",
    "manufacturer",
    "product",
    "uuid",
    "assetTag",
    "hostname",
    "domain",
    "macAddress",
    "ethernetInterfaces",
  ],
  place: ["site", "room", "row", "rack", "unit"],
  profile: ["name"],
  parameters: undefined,
  urls: ["started", "progress", "done", "failed", "booted", "config", "bootCfg", "images"],
};

const PARAMETER_NAME = /^[a-z][A-Za-z0-9_]{0,63}$/;
/** Characters of one value: an RSA-16384 public key has 2,800. */
const VALUE_LIMIT = 16_384;
const LIST_LIMIT = 1_000;

/** @throws InvalidInput for a name no template could write, or a value that is neither text, number, boolean nor list */
export function checkParameter(name: string, value: unknown): asserts value is ParameterValue {
  if (!PARAMETER_NAME.test(name)) {
    throw new InvalidInput(
      `${JSON.stringify(name.slice(0, 80))} cannot name a parameter; ` +
        "write a small letter, then letters, digits and underscores, as in rootPasswordHash",
    );
  }
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (items.length > LIST_LIMIT) throw new InvalidInput(`parameters.${name} has more than ${LIST_LIMIT} items`);
  for (const item of items) checkItem(name, item, Array.isArray(value));
}

function checkItem(name: string, item: unknown, inList: boolean): void {
  const fits = typeof item === "string" || (!inList && (typeof item === "boolean" || Number.isFinite(item)));
  if (!fits) {
    throw new InvalidInput(`parameters.${name} is neither a text, a number, true or false, nor a list of texts`);
  }
  if (typeof item === "string" && item.length > VALUE_LIMIT) {
    throw new InvalidInput(`parameters.${name} is longer than ${VALUE_LIMIT} characters`);
  }
}

/** `values` as the template engine gets them: no prototypes, nothing empty, nothing it could change. */
export function templateScope(values: InstallValues): object {
  return bare(values) ?? {};
}

function bare(value: unknown): object | undefined {
  const scope = Object.create(null) as Record<string, unknown>;
  for (const [name, inner] of Object.entries(value as object)) {
    if (inner === null || inner === undefined || inner === "") continue;
    scope[name] = Array.isArray(inner) ? Object.freeze(inner.map(bareItem)) : bareItem(inner);
  }
  return Object.freeze(scope);
}

function bareItem(value: unknown): unknown {
  return typeof value === "object" ? bare(value) : value;
}

/** A machine of which everything is known: a template is rendered with it before it is saved. */
export function sampleInstallValues(parameters: InstallValues["parameters"] = {}): InstallValues {
  const url = (what: string) => `http://192.0.2.1:9393/install/${what}?token=kr_sample`;
  return {
    machine: {
      serialNumber: "JZ1XQ4S",
      manufacturer: "Dell Inc.",
      product: "PowerEdge R640",
      uuid: "4c4c4544-005a-3110-8058-cac04f513453",
      assetTag: "A-1042",
      hostname: "web01",
      domain: "example.net",
      macAddress: "00:26:2d:01:01:01" as MacAddress,
      ethernetInterfaces: [
        { macAddress: "00:26:2d:01:01:01" as MacAddress },
        { macAddress: "00:26:2d:01:01:02" as MacAddress },
      ],
    },
    place: { site: "Tokyo", room: "3F", row: "B", rack: "B-07", unit: 12 },
    profile: { name: "sample" },
    parameters,
    urls: {
      started: url("started"),
      progress: url("progress"),
      done: url("done"),
      failed: url("failed"),
      booted: url("booted"),
      config: url("preseed.cfg"),
      bootCfg: url("boot.cfg"),
      images: "http://192.0.2.1:9393/images",
    },
  };
}
