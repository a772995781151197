import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { TemplateFormat } from "../../src/install/config-format.js";
import { printBootCfg } from "../../src/install/esxi-boot-cfg.js";
import { sampleInstallValues, type InstallValues } from "../../src/install/install-values.js";
import { checkTemplate, parseTemplate, renderTemplate } from "../../src/install/render.js";
import { shipped } from "./shipped.js";

type Parameters = InstallValues["parameters"];

function config(name: string, parameters: Parameters): string {
  const { template, text, parameters: defaults } = shipped(name);
  const values = { ...sampleInstallValues({ ...defaults, ...parameters }), profile: { name } };
  return renderTemplate(parseTemplate(name, template.format, text), values);
}

function render(format: TemplateFormat, text: string, parameters: Parameters): string {
  return renderTemplate(parseTemplate("t", format, text), sampleInstallValues(parameters));
}

function fileOf(text: string, name = "file"): string {
  const folder = mkdtempSync(join(tmpdir(), "kickrack-format-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

// PyYAML is what cloud-init reads with, and curtin.
function pyYaml(text: string): unknown {
  const program = "import json,sys,yaml; print(json.dumps(yaml.safe_load(sys.stdin)))";
  return JSON.parse(execFileSync("python3", ["-c", program], { input: text, encoding: "utf8" }));
}

function xpath(text: string, path: string): string {
  return execFileSync("xmllint", ["--noent", "--xpath", path, fileOf(text)], { encoding: "utf8" }).replace(/\n$/, "");
}

const KEYS = ["ssh-ed25519 AAAAC3Nza o'brien@example.net", 'ssh-rsa AAAAB3Nza= "second" #2'];
const HASH = "$6$abcdefgh$0123456789./ABC";
const HOSTILE = [
  ...[
    "yes",
    "null",
    "1e3",
    "0x10",
    "~",
    "",
    " lead",
    "trail ",
    "a: b",
    "a #b",
    "- a",
    "? a",
    "[a]",
    "{a: b}",
    "*a",
    "&a",
  ],
  ...[
    "!a",
    "%a",
    "@a",
    "`a`",
    "|",
    ">",
    "'",
    '"',
    "\\",
    "\\n",
    "a'b\"c\\d",
    "]]>",
    "<a>&amp;</a>",
    "--",
    "日本",
    "😀",
    "${x}",
    "$(x)",
  ],
].filter((value) => value !== "");

describe("every value arrives as it was given, wherever it stands", () => {
  const places: ReadonlyArray<[TemplateFormat, string, (text: string) => unknown]> = [
    ["AUTOINSTALL", "a: {{ parameters.x }}\n", (text) => (pyYaml(text) as { a: unknown }).a],
    ["AUTOINSTALL", "l:\n  - {{ parameters.x }}\n", (text) => (pyYaml(text) as { l: unknown[] }).l[0]],
    ["AUTOINSTALL", "l: [b, {{ parameters.x }}] # it's\n", (text) => (pyYaml(text) as { l: unknown[] }).l[1]],
    ["AUTOINSTALL", 'a: "<{{ parameters.x }}>"\n', (text) => (pyYaml(text) as { a: string }).a.slice(1, -1)],
    ["AUTOINSTALL", "a: '<{{ parameters.x }}>'\n", (text) => (pyYaml(text) as { a: string }).a.slice(1, -1)],
    ["AUTOINSTALL", "{a: b, c: {{ parameters.x }}}\n", (text) => (pyYaml(text) as { c: unknown }).c],
    [
      "AUTOINSTALL",
      "a:\n  - |\n    echo it is\n    printf %s {{ parameters.x | shell }}\nb: c\n",
      (text) => sh((pyYaml(text) as { a: string[] }).a[0]),
    ],
    ["AUTOINSTALL", 'a: "printf %s {{ parameters.x | shell }}"\n', (text) => sh((pyYaml(text) as { a: string }).a)],
    ["IGNITION", '{"a": {{ parameters.x }}}', (text) => (JSON.parse(text) as { a: unknown }).a],
    ["IGNITION", '{"a": "<{{ parameters.x }}>"}', (text) => (JSON.parse(text) as { a: string }).a.slice(1, -1)],
    [
      "IGNITION",
      '{"a": "{{ parameters.x | uri }}"}',
      (text) => decodeURIComponent((JSON.parse(text) as { a: string }).a),
    ],
    ["AUTOYAST", "<a>{{ parameters.x }}</a>", (text) => xpath(text, "string(/a)")],
    ["AUTOYAST", '<a b="{{ parameters.x }}"/>', (text) => xpath(text, "string(/a/@b)")],
    ["AUTOYAST", "<a>printf %s {{ parameters.x | shell }}</a>", (text) => sh(xpath(text, "string(/a)"))],
  ];
  const sh = (script = "") => execFileSync("sh", ["-c", script], { encoding: "utf8" }).replace(/^it is\n/, "");

  test.each(places)("%s %j", (format, text, read) => {
    // One after the other would be a program for each: all in one text where the format can be repeated is not worth it.
    for (const x of HOSTILE.filter((_, i) => i % 3 === text.length % 3))
      expect(read(render(format, text, { x }))).toBe(x);
  });

  test("and where it could not, it is refused", () => {
    const refusals: ReadonlyArray<[TemplateFormat, string, string]> = [
      ["AUTOINSTALL", "a: b {{ parameters.x }}\n", "two words"],
      ["AUTOINSTALL", "a:\n  - |\n    echo {{ parameters.x }}\n", "$(reboot)"],
      ["AUTOINSTALL", 'a: "{{ parameters.x }}"\n', "a\nb: c"],
      ["AUTOYAST", "<a><![CDATA[echo {{ parameters.x | shell }}]]></a>", "]]>"],
      ["AUTOYAST", "<a><!-- {{ parameters.x }} --></a>", "--"],
      ["AUTOYAST", "<{{ parameters.x }}/>", "a b"],
      ["IGNITION", '{"a": "sh -c \'{{ parameters.x | shell }}\'"}', "x"],
    ];
    for (const [format, text, x] of refusals) expect(() => render(format, text, { x })).toThrow(/^t:\d+:\d+: /);
  });

  test("a text that is none of its language is not saved", () => {
    expect(() => checkTemplate("t", "IGNITION", '{"ignition": {"version": "3.3.0"},}')).toThrow("it is no JSON");
    expect(() => checkTemplate("t", "IGNITION", "{}")).toThrow("begins with");
    expect(() => checkTemplate("t", "AUTOINSTALL", "autoinstall: {version: 1}\n")).toThrow("#cloud-config");
    expect(() => checkTemplate("t", "AUTOINSTALL", "#cloud-config\na: b: c\n")).toThrow(
      "it is no YAML: line 2, column",
    );
    expect(() => checkTemplate("t", "AUTOINSTALL", "#cloud-config\na: b\n")).toThrow("version: 1");
    expect(() => checkTemplate("t", "AUTOYAST", "<a><b></a>")).toThrow("it is no XML: line 1, column");
  });
});

test("Ubuntu's user-data is what cloud-init's schema wants, and holds what went in", { timeout: 60_000 }, () => {
  const change = {
    sshAuthorizedKeys: KEYS,
    rootPasswordHash: HASH,
    disk: "/dev/nvme0n1",
    packages: ["vim"],
    ntpServer: "ntp.example.net",
  };
  for (const parameters of [{}, change]) {
    const file = fileOf(config("ubuntu-24.04", parameters), "user-data");
    const { status, stdout, stderr } = spawnSync("cloud-init", ["schema", "--config-file", file], { encoding: "utf8" });
    expect([status, stdout + stderr]).toEqual([0, expect.stringContaining("Valid cloud-config")]);
  }
  const { autoinstall } = pyYaml(config("ubuntu-24.04", change)) as { autoinstall: object };
  expect(autoinstall).toMatchObject({
    version: 1,
    storage: { layout: { name: "lvm", match: { path: "/dev/nvme0n1" } } },
    packages: ["vim"],
    ssh: { "authorized-keys": KEYS },
    "user-data": { hostname: "web01", users: [{ name: "root", hashed_passwd: HASH, ssh_authorized_keys: KEYS }] },
  });
});

test("Flatcar's configuration is what ignition-validate takes, and so is the one within it", () => {
  const outer = config("flatcar", { sshAuthorizedKeys: KEYS, disk: "/dev/vda" });
  const { passwd, storage } = JSON.parse(outer) as {
    passwd: { users: Array<{ sshAuthorizedKeys: string[] }> };
    storage: { files: Array<{ contents: { source: string } }> };
  };
  expect(passwd.users[0]?.sshAuthorizedKeys).toEqual(KEYS);
  const inner = decodeURIComponent(storage.files[0]?.contents.source.replace("data:application/json,", "") ?? "");
  expect(JSON.parse(inner)).toMatchObject({ passwd: { users: [{ name: "core", sshAuthorizedKeys: KEYS }] } });
  for (const text of [outer, inner]) {
    const { status, stdout, stderr } = spawnSync("ignition-validate", [fileOf(text)], { encoding: "utf8" });
    expect([status, stdout + stderr]).toEqual([0, ""]);
  }
});

test("ESXi's ks.cfg is split into what went in, and its boot.cfg names every module from the server", () => {
  const program = "import json,shlex,sys; print(json.dumps([shlex.split(l, comments=True) for l in sys.stdin]))";
  const text = config("esxi-8", { rootPasswordHash: HASH, disk: "mpx.vmhba0:C0:T0:L0" }).replace(/^%[\s\S]*/m, "");
  const lines = JSON.parse(execFileSync("python3", ["-c", program], { input: text, encoding: "utf8" })) as string[][];
  expect(lines).toContainEqual(["rootpw", "--iscrypted", HASH]);
  expect(lines).toContainEqual(["install", "--disk=mpx.vmhba0:C0:T0:L0", "--overwritevmfs"]);
  const original =
    "bootstate=0\ntitle=Loading ESXi installer\ntimeout=5\nprefix=\nkernel=/b.b00\nkernelopt=runweasel cdromBoot\n" +
    "modules=/jumpstrt.gz --- /useropts.gz --- /tools.t00\nbuild=8.0.3\n";
  const printed = printBootCfg(
    original,
    "http://192.0.2.1:9393/images/esxi-8",
    "http://192.0.2.1:9393/install/ks.cfg?token=t",
  );
  const ini =
    "import configparser,json,sys; c=configparser.RawConfigParser(delimiters='='); c.read_string('[b]\\n'+sys.stdin.read()); print(json.dumps(dict(c['b'])))";
  expect(JSON.parse(execFileSync("python3", ["-c", ini], { input: printed, encoding: "utf8" }))).toEqual({
    ...{ bootstate: "0", title: "Loading ESXi installer", timeout: "5", build: "8.0.3" },
    prefix: "http://192.0.2.1:9393/images/esxi-8",
    kernel: "b.b00",
    kernelopt: "runweasel ks=http://192.0.2.1:9393/install/ks.cfg?token=t",
    modules: "jumpstrt.gz --- useropts.gz --- tools.t00",
  });
});
