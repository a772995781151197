import { describe, expect, test } from "vitest";
import { decideBoot, RULES, type BootMachine, type OpenInstallation } from "../../src/boot/decision.js";
import { MACHINE_STATES } from "../../src/machine/machine-state.js";

const NOW = Date.parse("2026-11-23T03:00:00.000Z");
const LIMITS = { installerBoots: 3 };
const installer = { title: "Debian 12", kernel: "/images/linux", initrds: [], arguments: "" };

const machine = (changes: Partial<BootMachine> = {}): BootMachine => ({
  hostname: "web-01",
  serialNumber: "S1",
  state: "READY",
  locked: false,
  disputed: false,
  ...changes,
});

const installation = (changes: Partial<OpenInstallation> = {}): OpenInstallation => ({
  state: "ARMED",
  expiresAt: NOW + 1,
  installerBoots: 0,
  installer,
  ...changes,
});

const decide = (of: BootMachine | undefined, open?: OpenInstallation) => {
  const { action, rule } = decideBoot(of, open, NOW, LIMITS);
  return `${action} ${rule}`;
};

/** Every combination: 7 states, locked or not, disputed or not, 17 installations. */
const table = MACHINE_STATES.flatMap((state) =>
  [false, true].flatMap((locked) =>
    [false, true].flatMap((disputed) =>
      [
        undefined,
        ...(["ARMED", "INSTALLING"] as const).flatMap((open) =>
          [NOW - 1, NOW, NOW + 1, NOW + 1e9].flatMap((expiresAt) =>
            [0, 3].map((installerBoots) => installation({ state: open, expiresAt, installerBoots })),
          ),
        ),
      ].map((open) => ({ of: machine({ state, locked, disputed }), open })),
    ),
  ),
);

describe(`of all ${table.length} combinations`, () => {
  test("an installer is offered to exactly those that are unlocked, undisputed, permitted and in time", () => {
    const offered = table.filter(({ of, open }) => decide(of, open).startsWith("install"));
    for (const { of, open } of offered) {
      expect(of).toMatchObject({ locked: false, disputed: false, state: open?.state });
      expect(open?.expiresAt).toBeGreaterThan(NOW);
    }
    // ARMED or INSTALLING, two times in the future, two numbers of boots, less the installing one that had its three.
    expect(offered).toHaveLength(2 * 2 * 2 - 2);
  });

  test("a locked machine boots its local disk, whatever else is true", () => {
    const answers = table.filter(({ of }) => of.locked).map(({ of, open }) => decide(of, open));
    expect(new Set(answers)).toEqual(new Set(["local LOCKED"]));
  });

  test("a disputed port gets a local disk, or waits", () => {
    const answers = table.filter(({ of }) => of.disputed && !of.locked).map(({ of, open }) => decide(of, open));
    expect(new Set(answers)).toEqual(new Set(["wait DISCOVERED", "local RETIRED", "local DISPUTED"]));
  });

  test("each rule that a machine can meet is met, and has its sentence", () => {
    const rules = new Set([undefined, ...table].map((each) => decide(each?.of, each?.open).split(" ")[1]));
    // What an armed profile boots is known only where the plan is read.
    expect(rules.add("LOCAL_PROFILE")).toEqual(new Set(Object.keys(RULES)));
  });
});

test.each([
  ["nobody knows", undefined, undefined, "register UNKNOWN"],
  ["is discovered", machine({ state: "DISCOVERED" }), undefined, "wait DISCOVERED"],
  ["is ready", machine(), undefined, "menu NOT_ARMED"],
  ["is installed", machine({ state: "INSTALLED" }), undefined, "menu NOT_ARMED"],
  ["failed", machine({ state: "FAILED" }), undefined, "menu NOT_ARMED"],
  ["is retired", machine({ state: "RETIRED" }), undefined, "local RETIRED"],
  ["is ready, with an installation left over", machine(), installation(), "menu NOT_ARMED"],
  ["is armed", machine({ state: "ARMED" }), installation(), "install ARMED"],
  ["is armed without an installation", machine({ state: "ARMED" }), undefined, "local EXPIRED"],
  ["is armed until now", machine({ state: "ARMED" }), installation({ expiresAt: NOW }), "local EXPIRED"],
  [
    "is armed, with one that began",
    machine({ state: "ARMED" }),
    installation({ state: "INSTALLING" }),
    "local EXPIRED",
  ],
  [
    "is installing for the third time",
    machine({ state: "INSTALLING" }),
    installation({ state: "INSTALLING", installerBoots: 2 }),
    "install INSTALLING",
  ],
  [
    "is installing for the fourth time",
    machine({ state: "INSTALLING" }),
    installation({ state: "INSTALLING", installerBoots: 3 }),
    "local TOO_MANY_BOOTS",
  ],
] as const)("a machine that %s", (_, of, open, expected) => expect(decide(of, open)).toBe(expected));

test("a machine is called by its host name, else by its serial number, else it has no name", () => {
  const nameOf = (changes: Partial<BootMachine>) => {
    const decision = decideBoot(machine(changes), undefined, NOW, LIMITS);
    return "name" in decision ? decision.name : undefined;
  };
  expect(nameOf({})).toBe("web-01");
  expect(nameOf({ hostname: null })).toBe("S1");
  expect(nameOf({ hostname: null, serialNumber: null })).toBe("this machine");
});
