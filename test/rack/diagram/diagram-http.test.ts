import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { onBothServers } from "../../graphql/test-server.js";

onBothServers("racks by HTTP", (server) => {
  const ask = async (mutation: string) => {
    const answer = await server().ask<{ userErrors: unknown[] }>(`mutation { ${mutation} { userErrors { message } } }`);
    expect(answer.userErrors).toEqual([]);
  };
  let racks = 0;
  /** A rack of its own for each test, with two machines, the second of them approved and named. */
  const equipped = async (more = "") => {
    const name = `H${++racks}`;
    await ask(`createRack(name: "${name}", heightU: 12${more})`);
    const [waiting, ready] = (await server().register(2)).map(({ serial }) => serial);
    await server().change("approveMachines", [ready ?? ""]);
    await ask(`updateMachine(machine: "${ready}", hostname: "web-${name.toLowerCase()}")`);
    await ask(`placeMachine(machine: "${waiting}", rack: "${name}", unit: 2)`);
    await ask(`placeMachine(machine: "${ready}", rack: "${name}", unit: 5)`);
    return { name, waiting: waiting ?? "", ready: ready ?? "", hostname: `web-${name.toLowerCase()}` };
  };
  const get = (target: string, headers: Record<string, string> = {}) => server().control(target, { headers });

  test("every format tells what stands there, as what it is, and is sent once", async () => {
    const { name, hostname } = await equipped();
    for (const [ending, type, begins, says] of [
      ["svg", "image/svg+xml; charset=utf-8", "<svg ", hostname],
      ["png", "image/png", "\ufffdPNG", ""],
      ["pdf", "application/pdf", "%PDF-", ""],
      ["csv", "text/csv; charset=utf-8; header=present", "rack,units,", hostname],
      ["md", "text/markdown; charset=utf-8", `## Rack ${name}`, hostname],
      ["html", "text/html; charset=utf-8", "<!DOCTYPE html>", hostname],
      ["txt", "text/plain; charset=utf-8", `Rack ${name}`, hostname],
      ["diag", "text/plain; charset=utf-8", "rackdiag {", hostname],
    ] as const) {
      for (const target of [`/racks/${name}.${ending}`, `/racks.${ending}?rack=${name}`]) {
        const { status, headers, body } = await get(target);
        expect([target, status, headers["content-type"]]).toEqual([target, 200, type]);
        expect([target, body.startsWith(begins), body.includes(says)]).toEqual([target, true, true]);
        const again = await get(target, { "If-None-Match": String(headers.etag) });
        expect([target, again.status, again.body]).toEqual([target, 304, ""]);
      }
    }
  });

  test("a row comes in its order from left to right, and a place without racks is told", async () => {
    const row = `site: "S", room: "R", row: "W${racks}"`;
    await ask(`createRack(name: "Z-first-${racks}", ${row}, position: 1)`);
    await ask(`createRack(name: "A-last-${racks}", ${row}, position: 3)`);
    await ask(`createRack(name: "M-middle-${racks}", ${row}, position: 2)`);
    const { body } = await get(`/racks.md?site=S&room=R&row=W${racks}`);
    const names = [...body.matchAll(/^## Rack (\w)/gm)].map(([, first]) => first);
    expect(names).toEqual(["Z", "M", "A"]);
    const none = await get("/racks.svg?room=nowhere");
    expect([none.status, none.body]).toEqual([404, expect.stringContaining('no rack in room "nowhere"')]);
    expect((await get("/racks.svg?room=R&rack=A01")).status).toBe(400);
  });

  test("machines that a filter means are highlighted, and others fade", async () => {
    const { name, hostname, waiting } = await equipped();
    const quiet = async (highlight: string) => {
      const { status, body } = await get(`/racks/${name}.svg?highlight=${encodeURIComponent(highlight)}`);
      expect([highlight, status]).toEqual([highlight, 200]);
      const faded = body.split("\n").filter((line) => line.startsWith("<text") && line.includes("quiet"));
      return [hostname, waiting].map((title) => faded.some((line) => line.includes(`>${title}<`)));
    };
    expect(await quiet("state:DISCOVERED")).toEqual([true, false]);
    expect(await quiet(`hostname:${hostname},state:READY`)).toEqual([false, true]);
    expect(await quiet('{"or":[{"state":{"eq":"DISCOVERED"}},{"hostname":{"startsWith":"web-"}}]}')).toEqual([
      false,
      false,
    ]);
    for (const [wrong, words] of [
      ["state:BROKEN", "MachineState"],
      ["colour:red", '"colour" is not defined'],
      ["failed", "write it as in state:FAILED"],
      ["{", "highlight is no JSON"],
    ] as const) {
      const { status, body } = await get(`/racks/${name}.svg?highlight=${encodeURIComponent(wrong)}`);
      expect([wrong, status, body]).toEqual([wrong, 400, expect.stringContaining(words)]);
    }
  });

  test("a token for racks alone does not look through machines", async () => {
    const { name } = await equipped();
    const { text } = await server().ask<{ text: string }>(
      `mutation { createToken(name: "racks ${racks}", role: VIEWER, scopes: [RACKS]) { text: secret } }`,
    );
    const asked = (target: string) => server().control(target, {}, text);
    expect((await asked(`/racks/${name}.svg`)).status).toBe(200);
    expect((await asked(`/racks/${name}.svg?highlight=state:FAILED`)).status).toBe(403);
  });

  test("numbers count from the other end when asked to, and a table lists what stands at the rear too", async () => {
    const { name, hostname } = await equipped();
    await ask(`placeEquipment(rack: "${name}", unit: 9, heightU: 1, kind: SWITCH, name: "sw-rear", face: REAR)`);
    const csv = async (query: string) =>
      parse<Record<string, string>>((await get(`/racks/${name}.csv${query}`)).body, { columns: true });
    const rows = await csv("");
    expect(rows.map((row) => row.name)).toContain("sw-rear");
    expect((await csv("?face=front")).map((row) => row.name)).not.toContain("sw-rear");
    const turned = await csv("?numbering=from_top");
    expect([rows, turned].map((each) => each.find((row) => row.name === hostname)?.units)).toEqual(["U5", "U8"]);
  });

  test("a drawing to scale is so many millimetres wide", async () => {
    const { name } = await equipped();
    const px = /width="([\d.]+)" height/.exec((await get(`/racks/${name}.svg`)).body)?.[1];
    const { body } = await get(`/racks/${name}.svg?scale=1:10`);
    expect(Number(/width="([\d.]+)mm" height="[\d.]+mm"/.exec(body)?.[1])).toBeCloseTo((Number(px) * 4.445) / 24, 1);
  });

  test.each([
    ["svg?theme=pink", "theme is light, dark, auto, print or classic"],
    [
      "svg?colour=state",
      '"colour" says nothing to .svg; it knows face, numbering, highlight, ghosts, theme, colorBy, scale',
    ],
    ["csv?theme=dark", '"theme" says nothing to .csv'],
    ["diag?face=rear", '"face" says nothing to .diag'],
    ["svg?colorBy=label:", "colorBy is state, model, profile, location, kind or label:KEY"],
    ["pdf?paper=A5", "paper is a4, a3 or letter"],
    ["pdf?scale=0", "scale is a number from 1 to 100"],
    ["pdf?scale=5&racksPerPage=3", "3 racks at 1:5 do not fit on A4; 1:"],
    ["pdf?racksPerPage=1.5", "racksPerPage is a whole number from 1 to"],
    ["png?zoom=9", "zoom is a number from 0.1 to 4"],
    ["txt?width=10", "width is a whole number from 40 to 500"],
    ["txt?color=yes", "color is always or never"],
    ["svg?rack=H1", '"rack" says nothing to .svg'],
    ["svg?numbering=up", "numbering is from_bottom or from_top"],
  ])("/racks/NAME.%s is refused with what there is", async (rest, words) => {
    const { name } = await equipped();
    const { status, body } = await get(`/racks/${name}.${rest}`);
    expect([status, body]).toEqual([400, expect.stringContaining(words)]);
  });

  test("a terminal asks for its width, and colours only when it wants them", async () => {
    const { name } = await equipped();
    const { body } = await get(`/racks/${name}.txt?width=120`);
    expect(body).not.toContain("\u001b");
    expect(Math.max(...body.split("\n").map((line) => line.length))).toBeGreaterThan(90);
    expect((await get(`/racks/${name}.txt?color=always`)).body).toContain("\u001b[");
    expect((await get(`/racks/${name}.txt?ascii=true`)).body).toMatch(/^[\x20-\x7e\n]+$/);
  });

  test("GraphQL has the same texts", async () => {
    const { name } = await equipped();
    const { svg, md, txt, diag, dim } = await server().ask<Record<string, string>>(
      `query ($name: String!) { rack(name: $name) {
        svg: diagram(face: BOTH, theme: DARK, colorBy: MODEL, numbering: FROM_TOP)
        md: diagram(format: MARKDOWN, face: BOTH) txt: diagram(format: TEXT, width: 100) diag: diagram(format: RACKDIAG)
        dim: diagram(highlight: { state: { eq: READY } })
      } }`,
      { name },
    );
    for (const [target, text] of [
      [`${name}.svg?face=both&theme=dark&colorBy=model&numbering=from_top`, svg],
      [`${name}.md`, md],
      [`${name}.txt?width=100`, txt],
      [`${name}.diag`, diag],
      [`${name}.svg?highlight=state:READY`, dim],
    ] as const) {
      expect([target, (await get(`/racks/${target}`)).body]).toEqual([target, text]);
    }
    const wrong = await server().graphql(`{ rack(name: "${name}") { diagram(colorBy: LABEL) } }`);
    expect(wrong.errors?.[0]).toMatchObject({ message: expect.stringContaining("colorLabel") as string });
  });
});
