/**
 * What pykickstart takes, per release, as far as a server's installation may need it: commands of its handlers' `commandMap`
 * (pykickstart/handlers/rhel8.py, rhel9.py, rhel10.py and f43.py) and options of the classes that these name. Read there
 * (pykickstart/commands/*.py): autopart's types, timezone, network, bootloader, user and rootpw; the other commands'
 * options have not been compared with it. pykickstart itself is in no Debian release.
 */
export type Handler = "RHEL8" | "RHEL9" | "RHEL10" | "F43";

const NO_OPTION: readonly string[] = [];
const POWER = ["--eject", "--kexec"];
const FETCHED = ["--mirrorlist", "--metalink", "--proxy", "--noverifyssl"];
const SSL = ["--sslcacert", "--sslclientcert", "--sslclientkey"];

const EVERYWHERE: Readonly<Record<string, readonly string[]>> = {
  autopart: [
    ...["--type", "--fstype", "--nolvm", "--nohome", "--noboot", "--noswap"],
    ...["--encrypted", "--passphrase", "--cipher", "--escrowcert", "--backuppassphrase", "--luks-version"],
  ],
  bootloader: [
    ...["--append", "--boot-drive", "--disabled", "--driveorder", "--iscrypted", "--location", "--nombr"],
    ...["--leavebootorder", "--password", "--timeout", "--default", "--sdboot"],
  ],
  clearpart: ["--all", "--cdl", "--disklabel", "--drives", "--initlabel", "--linux", "--list", "--none"],
  cmdline: NO_OPTION,
  eula: ["--agreed"],
  firewall: ["--enabled", "--disabled", "--service", "--remove-service", "--port", "--trust", "--use-system-defaults"],
  firstboot: ["--enable", "--disable", "--reconfig"],
  ignoredisk: ["--drives", "--only-use"],
  keyboard: ["--vckeymap", "--xlayouts", "--switch"],
  lang: ["--addsupport"],
  network: [
    ...["--bootproto", "--device", "--hostname", "--onboot", "--activate", "--no-activate", "--ip", "--netmask"],
    ...["--gateway", "--nameserver", "--noipv4", "--noipv6", "--ipv6", "--ipv6gateway", "--mtu", "--vlanid"],
    ...["--bondslaves", "--bondopts", "--bridgeslaves", "--bridgeopts", "--bindto", "--interfacename", "--nodefroute"],
  ],
  poweroff: POWER,
  reboot: POWER,
  repo: ["--name", "--baseurl", "--cost", "--includepkgs", "--excludepkgs", "--install", ...FETCHED],
  rootpw: ["--iscrypted", "--plaintext", "--lock"],
  selinux: ["--enforcing", "--permissive", "--disabled"],
  services: ["--enabled", "--disabled"],
  skipx: NO_OPTION,
  sshkey: ["--username"],
  text: ["--non-interactive"],
  timezone: ["--utc"],
  url: ["--url", ...FETCHED],
  user: ["--name", "--groups", "--iscrypted", "--plaintext", "--password", "--lock", "--shell", "--uid", "--homedir"],
  zerombr: NO_OPTION,
};

const TIMESOURCE = ["--ntp-server", "--ntp-pool", "--nts", "--ntp-disable"];
const SINCE_9 = { timesource: TIMESOURCE, authselect: NO_OPTION, url: SSL, repo: SSL, rootpw: ["--allow-ssh"] };

const MORE: Readonly<Record<Handler, Readonly<Record<string, readonly string[]>>>> = {
  // timezone.F25_Timezone; from F33 on timesource has them, and F40_Timezone takes them no more.
  RHEL8: { timezone: ["--isUtc", "--nontp", "--ntpservers"], install: NO_OPTION, repo: ["--ignoregroups"] },
  RHEL9: SINCE_9,
  RHEL10: SINCE_9,
  F43: SINCE_9,
};

/** partition types of `autopart`: RHEL's classes have taken btrfs out. */
const TYPES: Readonly<Record<Handler, readonly string[]>> = {
  RHEL8: ["lvm", "plain", "thinp"],
  RHEL9: ["lvm", "plain", "thinp"],
  RHEL10: ["lvm", "plain", "thinp"],
  F43: ["btrfs", "lvm", "plain", "thinp"],
};

// pykickstart/sections.py
const SECTIONS: Readonly<Record<string, readonly string[]>> = {
  packages: ["--ignoremissing", "--excludedocs", "--instLangs", "--multilib", "--nocore", "--retries", "--timeout"],
  pre: ["--erroronfail", "--interpreter", "--log"],
  "pre-install": ["--erroronfail", "--interpreter", "--log"],
  post: ["--erroronfail", "--interpreter", "--log", "--nochroot"],
  onerror: ["--erroronfail", "--interpreter", "--log"],
};

/** How many words without `--` a command takes. */
const WORDS: Readonly<Record<string, readonly [least: number, most: number]>> = {
  keyboard: [0, 1],
  lang: [1, 1],
  rootpw: [0, 1],
  sshkey: [1, 1],
  timezone: [0, 1],
};

/** What this release's Anaconda would stumble over; `lines` are the command section's, split as shlex does. */
export function strangeCommands(handler: Handler, lines: ReadonlyArray<readonly string[]>): string[] {
  return lines.flatMap(([command = "", ...words]) => {
    const known = [...(EVERYWHERE[command] ?? []), ...(MORE[handler][command] ?? [])];
    if (!(command in EVERYWHERE) && !(command in MORE[handler])) return [`no command ${command}`];
    const options = words.filter((word) => word.startsWith("--")).map((word) => word.split("="));
    const [least, most] = WORDS[command] ?? [0, 0];
    const others = words.length - options.length;
    return [
      ...options.filter(([name = ""]) => !known.includes(name)).map(([name]) => `${command} has no ${name}`),
      ...options.filter(([name, value]) => name === "--type" && !TYPES[handler].includes(value ?? "")).map(String),
      ...(others < least || others > most ? [`${command} takes ${least} to ${most} words, not ${others}`] : []),
    ];
  });
}

/** The same for the sections' first lines, as in `%post --nochroot`. */
export function strangeSections(text: string): string[] {
  return [...text.matchAll(/^%(?!end\b|include\b)(\S+)(.*)$/gm)].flatMap(([line, name = "", rest = ""]) => {
    const options = [...rest.matchAll(/\s(--[\w-]+)/g)].map(([, option]) => option ?? "");
    return options.every((option) => SECTIONS[name]?.includes(option)) && name in SECTIONS ? [] : [line];
  });
}
