import { execFileSync, spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { sampleInstallValues, type InstallValues } from "../../src/install/install-values.js";
import { checkTemplate, renderTemplate } from "../../src/install/render.js";
import { SHIPPED_PROFILES } from "../../src/install/shipped/shipped-profiles.js";
import { SHIPPED_TEMPLATES, shippedText } from "../../src/install/shipped/shipped-templates.js";
import { matchesGolden } from "../support/golden.js";
import { askDebconf, hasDebconf } from "./debconf.js";
import { strangeElements } from "./autoyast-elements.js";
import { strangeCommands, strangeSections, type Handler } from "./kickstart-commands.js";
import { NEEDED, shipped, type Shipped } from "./shipped.js";

const CHANGED = {
  sshAuthorizedKeys: ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 o'brien@example.net", "ssh-rsa AAAAB3NzaC1yc2E= second"],
  rootPasswordHash: "$6$abcdefgh$0123456789./ABC",
  disk: "/dev/nvme0n1",
  timezone: "Asia/Tokyo",
  locale: "ja_JP.UTF-8",
  keyboard: "jp",
  ntpServer: "ntp.example.net",
  mirrorProxy: "http://proxy.example.net:3128",
  proxy: "http://proxy.example.net:3128",
  domain: "example.org",
  packages: ["vim", "tmux"],
  kernelArguments: ["console=ttyS1,115200n8", "quiet"],
  console: "ttyS1,115200n8",
  powerOff: true,
};

function values(of: Shipped, parameters: InstallValues["parameters"] = {}, machine: object = {}): InstallValues {
  const sample = sampleInstallValues();
  return {
    ...sample,
    profile: { name: of.name },
    parameters: { ...of.parameters, ...parameters },
    machine: { ...sample.machine, ...machine },
  };
}

function config(name: string, ...change: [parameters?: InstallValues["parameters"], machine?: object]): string {
  const of = shipped(name);
  const template = checkTemplate(of.template.name, of.template.format, of.text, of.parameters);
  return renderTemplate(template, values(of, ...change));
}

function kernelArguments(
  name: string,
  ...change: [parameters?: InstallValues["parameters"], machine?: object]
): string {
  const of = shipped(name);
  return renderTemplate(checkTemplate(of.name, "KERNEL_ARGUMENTS", of.arguments, of.parameters), values(of, ...change));
}

test.each(SHIPPED_PROFILES)("$name renders with its own values", ({ name }) => {
  expect(() => config(name) + kernelArguments(name)).not.toThrow();
});

test.each(SHIPPED_TEMPLATES)(
  "every parameter of $name has a use, and every one that is used has a default",
  (template) => {
    const lines = SHIPPED_PROFILES.map(({ name }) => shipped(name)).filter((each) => each.template === template);
    const used = [
      checkTemplate(template.name, template.format, shippedText(template)),
      ...lines.map((each) => checkTemplate(each.name, "KERNEL_ARGUMENTS", each.arguments)),
    ].flatMap(({ parameterNames }) => parameterNames);
    expect([...new Set(used)].sort()).toEqual(Object.keys({ ...NEEDED[template.name], ...template.parameters }).sort());
  },
);

describe.each(["debian-12", "almalinux-9", "opensuse-leap-15.6", "ubuntu-24.04", "flatcar", "esxi-8"])("%s", (name) => {
  const of = shipped(name);
  const file = `${name}.${of.template.name.split(".").slice(1).join(".")}`;

  test("its defaults print the expected files", () => {
    matchesGolden(`install/${file}`, config(name));
    matchesGolden(`install/${name}.arguments`, `${kernelArguments(name)}\n`);
  });

  test("changed parameters print the expected files", () => {
    matchesGolden(`install/changed-${file}`, config(name, CHANGED));
    matchesGolden(`install/changed-${name}.arguments`, `${kernelArguments(name, CHANGED)}\n`);
  });

  test("a machine without a host name gets no configuration", () => {
    expect(() => config(name, {}, { hostname: null })).toThrow("machine.hostname is not known");
    expect(() => config(name, {}, { hostname: "x\ny" })).toThrow(/machine.hostname.* holds/);
  });

  test("its four callbacks are all in the file", () => {
    const { urls } = values(of);
    for (const url of [urls.started, urls.progress, urls.done, urls.failed]) expect(config(name)).toContain(url);
  });

  test.each(Object.keys(CHANGED))("a line break in %s is refused", (parameter) => {
    if (!(parameter in of.parameters)) return;
    const hostile = "x\nd-i partman/early_command string evil\n%post\nevil\n%end";
    const list = Array.isArray(of.parameters[parameter]);
    const render = () => {
      const change = { console: "", [parameter]: list ? [hostile] : hostile };
      return config(name, change) + kernelArguments(name, change, { domain: null });
    };
    // powerOff is only asked for, never printed.
    if (parameter === "powerOff") expect(render()).not.toContain("evil");
    else expect(render).toThrow(/line break/);
  });
});

describe("debian-12, read by Debian's debconf", { timeout: 20_000 }, () => {
  test.skipIf(!hasDebconf)("answers are what went in, and nothing is complained of", () => {
    const { values: answers, complaints } = askDebconf(config("debian-12", CHANGED));
    expect(complaints).toBe("");
    expect(Object.fromEntries([...answers].filter(([name]) => !name.includes("command")))).toMatchObject({
      "debian-installer/locale": "ja_JP.UTF-8",
      "keyboard-configuration/xkb-keymap": "jp",
      "time/zone": "Asia/Tokyo",
      "clock-setup/ntp-server": "ntp.example.net",
      "mirror/http/hostname": "deb.debian.org",
      "mirror/http/proxy": "http://proxy.example.net:3128",
      "apt-setup/services-select": "security, updates",
      "passwd/root-password-crypted": "$6$abcdefgh$0123456789./ABC",
      "partman-auto/disk": "/dev/nvme0n1",
      "grub-installer/bootdev": "/dev/nvme0n1",
      "pkgsel/include": "vim tmux",
      "debian-installer/add-kernel-opts": "console=ttyS1,115200n8 quiet",
      "debian-installer/exit/poweroff": "true",
    });
  });

  test.skipIf(!hasDebconf)("debconf finds as many questions as the file has, so no value began one", () => {
    for (const change of [{}, CHANGED]) {
      const text = config("debian-12", change);
      const questions = text.match(/^(?:d-i|tasksel|popularity-contest) /gm) ?? [];
      expect(askDebconf(text).values.size).toBe(questions.length);
    }
  });

  test.skipIf(!hasDebconf)("its commands are shell, and hold the keys as they were given", () => {
    for (const change of [{}, CHANGED]) {
      const { values: answers } = askDebconf(config("debian-12", change));
      for (const [name, script] of answers) {
        if (name.endsWith("_command")) expect(spawnSync("sh", ["-n", "-c", script]).stderr.toString()).toBe("");
      }
    }
    const script = askDebconf(config("debian-12", CHANGED)).values.get("preseed/late_command") ?? "";
    const [print] = /printf '%s\\n' .*(?= > \/target)/.exec(script) ?? [];
    const printed = execFileSync("sh", ["-c", print ?? "false"], { encoding: "utf8" });
    expect(printed).toBe(CHANGED.sshAuthorizedKeys.map((key) => `${key}\n`).join(""));
  });
});

// Lines of the real installer's log (debian-installer 20230607+deb12u15).
const LOG = {
  selected: "Nov 23 00:44:11 main-menu[259]: INFO: Menu item 'network-preseed' selected",
  failed: "Nov 23 01:09:49 main-menu[262]: WARNING **: Configuring 'download-installer' failed with error code 6",
  gaveUp: "Nov 23 01:20:00 kickrack: gave up",
  other: "Nov 23 01:08:58 anna[3157]: 2026-11-23 01:08:58 ERROR 404: Not Found.",
};

describe("the watcher of debian-12", () => {
  function step(...lines: string[]): string {
    const [, program] = /awk -F"'" '([^']*)'/.exec(config("debian-12")) ?? [];
    const joined = (program ?? "").replace(/\s*\\\n\s*/g, " ");
    return execFileSync("awk", ["-F'", joined], { input: `${lines.join("\n")}\n`, encoding: "utf8" }).trim();
  }

  test("the last step the menu chose is the progress", () => {
    expect(step(LOG.selected, LOG.other)).toBe("network-preseed");
    expect(step(LOG.selected, LOG.selected.replace("network-preseed", "partman-base"))).toBe("partman-base");
  });

  test("a step that failed, or a done callback nobody took, is the end", () => {
    expect(step(LOG.selected, LOG.failed, LOG.selected)).toBe("failed");
    expect(step(LOG.selected, LOG.gaveUp)).toBe("failed");
  });

  // It was: preseed logs each command before it runs, so the watcher found its own pattern and reported a failure.
  test("its own text in the log is no failure", () => {
    const commands = config("debian-12").match(/^d-i \S+_command string (?:.*\\\n)*.*$/gm) ?? [];
    expect(commands).toHaveLength(3);
    const logged = commands.map((command) => command.replace(/^d-i (\S+) string/, "running preseed command $1:"));
    const lines = logged.map((text) => `Nov 23 00:45:03 preseed: ${text.replace(/\s*\\\n\s*/g, " ")}`);
    expect(step(LOG.selected, ...lines)).toBe("network-preseed");
  });
});

describe("Kickstart", () => {
  const sections = (text: string) => [...text.matchAll(/^%(?!include)(\w[\w-]*).*\n([\s\S]*?)^%end$/gm)];

  test("its sections open and close in turn, whatever the parameters hold", () => {
    for (const change of [{}, CHANGED]) {
      const text = config("almalinux-9", change);
      const opened = sections(text).map(([, name]) => name);
      expect(opened).toEqual(["packages", "pre", "pre-install", "post", "post", "onerror"]);
      expect(text.match(/^%end$/gm)).toHaveLength(opened.length);
    }
  });

  test("its scripts are shell", () => {
    for (const change of [{}, CHANGED]) {
      for (const [, name, script] of sections(config("almalinux-9", change))) {
        if (name !== "packages") expect(spawnSync("bash", ["-n", "-c", script ?? ""]).stderr.toString()).toBe("");
      }
    }
  });

  // pykickstart, the judge of choice, is in no Debian release; it splits a command line with Python's shlex.
  const commandsOf = (text: string) => {
    const input = text.replace(/^%(?!include)\w[\s\S]*?^%end$/gm, "");
    const program = "import json,shlex,sys; print(json.dumps([shlex.split(l, comments=True) for l in sys.stdin]))";
    const words = execFileSync("python3", ["-c", program], { input, encoding: "utf8" });
    return (JSON.parse(words) as string[][]).filter(([word]) => word !== undefined && word !== "%include");
  };

  test("shlex splits its commands into what went in", () => {
    const lines = commandsOf(config("almalinux-9", CHANGED));
    expect(lines).toContainEqual(["rootpw", "--iscrypted", CHANGED.rootPasswordHash]);
    expect(lines).toContainEqual(["sshkey", "--username=root", CHANGED.sshAuthorizedKeys[0]]);
    expect(lines).toContainEqual(["bootloader", "--append=console=ttyS1,115200n8 quiet"]);
    expect(lines).toContainEqual(["ignoredisk", "--only-use=nvme0n1"]);
  });

  test.each<[profiles: string, Handler]>([
    ["almalinux-8 rocky-8 centos-stream-8", "RHEL8"],
    ["almalinux-9 rocky-9 centos-stream-9", "RHEL9"],
    ["almalinux-10 rocky-10 centos-stream-10", "RHEL10"],
    ["fedora-43", "F43"],
  ])("%s: each command and option is one that pykickstart's %s takes", (profiles, handler) => {
    for (const name of profiles.split(" ")) {
      for (const change of [{}, CHANGED, { rootPassword: "secret", partitioning: "plain" }]) {
        const text = config(name, change);
        expect([name, strangeCommands(handler, commandsOf(text)), strangeSections(text)]).toEqual([name, [], []]);
      }
    }
  });

  test("and that judge sees what a release took away or never had", () => {
    const strange = (handler: Handler, line: string) => strangeCommands(handler, [line.split(" ")]);
    expect(strange("RHEL8", "timezone Asia/Tokyo --utc --ntpservers=a")).toEqual([]);
    expect(strange("RHEL10", "timezone Asia/Tokyo --ntpservers=a")).toEqual(["timezone has no --ntpservers"]);
    expect(strange("RHEL8", "timesource --ntp-server=a")).toEqual(["no command timesource"]);
    expect(strange("RHEL9", "autopart --type=btrfs")).toEqual(["--type,btrfs"]);
    expect(strange("F43", "install")).toEqual(["no command install"]);
    expect(strange("F43", "lang")).toEqual(["lang takes 1 to 1 words, not 0"]);
    expect(strangeSections("%post --nochrot\n%end\n%anaconda\n%end\n")).toEqual(["%post --nochrot", "%anaconda"]);
  });
});

describe("opensuse-leap-15.6", () => {
  const PASSWORD = { rootPassword: "secret", sshAuthorizedKeys: ["ssh-ed25519 AAAA <o'brien>&co"] };

  test.each([{}, CHANGED, PASSWORD])("AutoYaST knows every element, and each holds what it has to: %j", (change) => {
    expect(strangeElements(config("opensuse-leap-15.6", change))).toEqual([]);
  });

  test("and that judge sees an element that is none, and a list or a boolean that does not say so", () => {
    const within = (xml: string) =>
      strangeElements(`<profile xmlns:config="c"><general><mode>${xml}</mode></general></profile>`);
    expect(within("<confirm>false</confirm>")).toEqual(["profile/general/mode/confirm"]);
    expect(within('<confirm config:type="boolean">no</confirm>')).toEqual(["profile/general/mode/confirm no"]);
    expect(within("<cofirm/>")).toEqual(["profile/general/mode/cofirm"]);
  });

  test("libxml2 reads back what went in, and its scripts are shell", () => {
    const text = config("opensuse-leap-15.6", { ...CHANGED, ...PASSWORD });
    const read = (path: string) =>
      execFileSync("xmllint", ["--noent", "--xpath", path, "-"], {
        input: text.replace(/xmlns="[^"]*"/, ""),
        encoding: "utf8",
      }).replace(/\n$/, "");
    expect(read("string(/profile/users/user/authorized_keys/listentry)")).toBe(PASSWORD.sshAuthorizedKeys[0]);
    expect(read("string(/profile/users/user/user_password)")).toMatch(/^\$6\$/);
    expect(read("string(/profile/partitioning/drive/device)")).toBe("/dev/nvme0n1");
    expect(read("string(/profile/timezone/timezone)")).toBe("Asia/Tokyo");
    expect(read("string(/profile/language/language)")).toBe("ja_JP");
    expect(read("string(/profile/bootloader/global/append)")).toBe("console=ttyS1,115200n8 quiet");
    expect(read("count(/profile/software/packages/package)")).toBe("3");
    for (let i = 1; i <= 4; i++) {
      expect(spawnSync("sh", ["-n", "-c", read(`string((//source)[${i}])`)]).stderr.toString()).toBe("");
    }
  });
});
