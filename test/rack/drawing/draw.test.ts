import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { drawRacks } from "../../../src/rack/drawing/draw.js";
import { DRAWN_FACES, type DrawnFace, THEMES, type Theme } from "../../../src/rack/drawing/draw-options.js";
import type { RackElevation } from "../../../src/rack/drawing/elevation.js";
import { matchesGolden } from "../../support/golden.js";
import { HOSTILE_LABELS, randomNumbers, randomRack, seed } from "./random-racks.js";
import {
  equippedRack,
  fullRack,
  hauntedRack,
  mixedRack,
  place,
  rack,
  shelf,
  wallCase,
  signsRack,
} from "./sample-racks.js";

const draw = (racks: readonly RackElevation[], theme: Theme = "light", face: DrawnFace = "FRONT") =>
  drawRacks(racks, { face, theme, colorBy: { by: "STATE" } });

/** Debian package libxml2-utils. Throws with the parser's own message unless the document is well-formed. */
function parse(svg: string): void {
  execFileSync("xmllint", ["--noout", "--nonet", "-"], { input: svg, stdio: ["pipe", "ignore", "pipe"] });
}

const hostileRack = (): RackElevation =>
  rack(
    HOSTILE_LABELS.length,
    HOSTILE_LABELS.map((label, i) => shelf(place(i + 1, 1), label, label, { tooltip: [label], href: label })),
    {
      name: `<"&'>`,
      location: { site: "\u0000<site>", room: "&room;", row: "]]>", position: 3 },
      description: "\ud800",
    },
  );

const wrongRack = (): RackElevation =>
  rack(12, [
    shelf(place(11, 4), "too-tall", "PowerEdge R940xa"),
    shelf(place(3, 2), "web-01", "PowerEdge R740"),
    shelf(place(4, 1), "web-02", "PowerEdge R640", { status: "FAILED" }),
    shelf(place(90, 1), "lost", "PowerEdge R640", { status: "READY" }),
    shelf(place(8, 1), "web-03", "PowerEdge R640"),
  ]);

const highlighted = (): RackElevation => {
  const view = mixedRack();
  return { ...view, shelves: view.shelves.map((each) => ({ ...each, dimmed: each.status !== "FAILED" })) };
};

describe("the drawing of", () => {
  test.each([
    ["a full rack", "full.svg", () => draw([fullRack()])],
    ["three racks on one floor, dark", "three-dark.svg", () => draw([fullRack(), mixedRack(), wallCase()], "dark")],
    ["a mixed rack from behind, as the reader's system is", "mixed-rear-auto.svg", () => draw([mixedRack()], "auto", "REAR")], // prettier-ignore
    ["equipment, strips, loads and a reservation, both faces", "equipped-both.svg", () => draw([equippedRack()], "light", "BOTH")], // prettier-ignore
    ["black ink on white", "equipped-print.svg", () => draw([equippedRack()], "print")],
    ["every sign", "signs.svg", () => draw([signsRack()])],
    ["models in colours", "by-model.svg", () => drawRacks([mixedRack()], { face: "FRONT", theme: "light", colorBy: { by: "MODEL" } })], // prettier-ignore
    ["two machines among others", "highlighted.svg", () => draw([highlighted()])],
    ["machines in wrong places", "wrong-places.svg", () => draw([wrongRack()])],
    ["machines that are seen elsewhere", "ghosts.svg", () => draw([hauntedRack()])],
    ["machines that are seen elsewhere, dark", "ghosts-dark.svg", () => draw([hauntedRack()], "dark")],
    ["machines that are seen elsewhere, black on white", "ghosts-print.svg", () => draw([hauntedRack()], "print")],
    ["hostile labels", "hostile-labels.svg", () => draw([hostileRack()])],
    ["an empty rack of half a unit more", "empty.svg", () => draw([rack(6.5, [])])],
    ["no rack", "none.svg", () => draw([])],
  ])("%s is as it was", async (_, golden, svg) => matchesGolden(`rack/${golden}`, await svg()));
});

describe("an SVG document", () => {
  test("is well-formed whatever the labels are", async () => {
    for (const theme of THEMES) parse(await draw([hostileRack()], theme));
  });

  test(`is well-formed for any rack (KICKRACK_TEST_SEED=${seed})`, async () => {
    const random = randomNumbers(seed);
    for (let i = 0; i < 20; i++) {
      const [racks, theme] = [[randomRack(random), randomRack(random)], THEMES[i % THEMES.length]];
      const colorBy = i % 3 === 0 ? ({ by: "LABEL", key: "role" } as const) : ({ by: "STATE" } as const);
      const svg = await drawRacks(racks, { face: DRAWN_FACES[i % 3] ?? "BOTH", theme: theme ?? "auto", colorBy });
      parse(svg);
      // A sign is what comes right after its body; a look without one must not colour the next panel.
      for (const [, look] of svg.matchAll(
        /<path class="([\w-]+)"[^>]*(?:\/>|>\n<title>[^<]*<\/title>\n<\/path>)\n<path class/g,
      )) {
        expect(svg).not.toContain(` .${look}+path{`);
      }
    }
  });

  test("holds nothing that runs, loads, or leads elsewhere", async () => {
    const svg = await draw([hostileRack()]);
    expect(svg).not.toMatch(/<(script|use|image|foreignObject|iframe|object|set|animate)\b/i);
    expect(svg).not.toMatch(/<[^>]* on[a-z]+=/i);
    expect([...svg.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, href]) => href)).toEqual([
      "W".repeat(400),
      "picture.png",
      "&amp;amp;&amp;#0;&amp;unknown;",
    ]);
    // A label may say url(…); no style and no attribute may.
    expect(svg.match(/<style>[^<]*/)?.[0].replace(/url\(#r[0-9a-z]+-[a-z]+\)/g, "")).not.toContain("url(");
    expect(svg).not.toMatch(/="[^"]*url\(/);
  });

  test("says the same with no control character and no lone surrogate", async () => {
    const svg = await draw([hostileRack()]);
    expect(svg.isWellFormed()).toBe(true);
    expect(svg).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\ufffe\uffff]/);
  });

  test("is the same each time, also when others are drawn at the same time", async () => {
    const alone = await draw([mixedRack()], "auto");
    const many = await Promise.all([draw([mixedRack()], "auto"), draw([hostileRack()]), draw([mixedRack()], "auto")]);
    expect([many[0], many[2]]).toEqual([alone, alone]);
  });

  test("does not depend on the order in which the machines come", async () => {
    const view = mixedRack();
    expect(await draw([{ ...view, shelves: view.shelves.toReversed() }])).toBe(await draw([view]));
  });

  test("stands on a line per element, so that one more machine is only added lines", async () => {
    const view = rack(4, [shelf(place(1, 1), "a"), shelf(place(3, 1), "b")]);
    const before = (await draw([view])).split("\n");
    // But for tooltips, which stand in their panel's line.
    for (const line of before) expect(line.match(/<(?!title)[a-z]/g)?.length ?? 0, line).toBeLessThanOrEqual(1);
    const after = await draw([{ ...view, shelves: [...view.shelves, shelf(place(2, 1), "c")] }]);
    const lines = after.split("\n").filter((line) => !before.includes(line));
    // The new panel, and what counts: summary, gauge, totals, legend.
    expect(lines.length).toBeLessThanOrEqual(12);
  });

  test("holds no number of more than two decimals", async () => {
    const svg = await draw([fullRack(), mixedRack(), wallCase()]);
    expect(svg.replace(/<(title|desc)[^]*?<\/\1>/g, "").match(/\d\.\d{3,}/)).toBeNull();
  });

  test("prefixes every id, and refers to no other", async () => {
    const svg = await draw([mixedRack(), wrongRack()]);
    const ids = [...svg.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id ?? "");
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id.startsWith(ids[0] ?? "?")).toBe(true);
    for (const [, id] of svg.matchAll(/url\(#([^)]*)\)/g)) expect(ids).toContain(id);
    expect(svg).toContain(`aria-labelledby="${ids[1]} ${ids[2]}"`);
  });

  test("keeps its style sheet to itself when it is inlined in a page", async () => {
    const [, css = ""] = /<style>([^<]*)<\/style>/.exec(await draw([mixedRack()], "auto")) ?? [];
    for (const [, selector] of css.replace("@media(prefers-color-scheme:dark){", "").matchAll(/([^{}]+)\{/g)) {
      expect(selector).toMatch(/^#r[0-9a-z]+ /);
    }
  });

  test("has a colour for everything it draws: without one, boxes would be black", async () => {
    const svg = await draw([wrongRack(), mixedRack()]);
    const [, css = ""] = /<style>([^<]*)/.exec(svg) ?? [];
    const classes = new Set([...svg.matchAll(/<(?:svg|rect|path|g|text) class="([^"]*)"/g)].map(([, name]) => name));
    expect(classes.size).toBeGreaterThan(15);
    for (const name of classes) expect(css, name).toMatch(new RegExp(`\\.${name}[ {][^}]*(fill|stroke):`));
  });

  test("links only where a link may lead", async () => {
    const hrefs = ["https://example.net/1", "javascript:alert(1)", "//evil.example", "/machines/4"];
    const svg = await draw([
      rack(
        4,
        hrefs.map((href, i) => shelf(place(i + 1, 1), `m${i}`, "", { href })),
      ),
    ]);
    expect([...svg.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual([
      "/machines/4",
      "https://example.net/1",
    ]);
  });

  test("of 42 machines has five elements a machine, a sixth for a link, and is small", async () => {
    const linked = fullRack();
    const plain = { ...linked, shelves: linked.shelves.map((each) => ({ ...each, href: null })) };
    for (const [view, elements, bytes] of [
      [plain, 5, 20 * 1024],
      [linked, 6, 22 * 1024],
    ] as const) {
      const svg = await draw([view], "auto");
      const [body, legend] = [svg.indexOf("tyo1-web-42"), svg.lastIndexOf("PowerEdge R640</text>")];
      // Between the first and the last machine; with the first one's rect and title.
      const opened = svg.slice(body, legend).match(/<[a-z]/g)?.length ?? 0;
      expect(opened + (elements === 5 ? 2 : 3)).toBe(42 * elements);
      expect(Buffer.byteLength(svg)).toBeLessThan(bytes);
    }
  });
});
