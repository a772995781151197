import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { beginDiagrams, writeDiagrams } from "../../../src/rack/diagram/exported-diagrams.js";
import { startRackThread } from "../../../src/rack/diagram/rack-thread.js";
import { onBothServers } from "../../graphql/test-server.js";
import { statementsOf } from "../../support/statements.js";

const thread = startRackThread();

onBothServers("exported diagrams", (server) => {
  const folders: string[] = [];
  afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));
  const freshFolder = () => {
    const folder = mkdtempSync(join(tmpdir(), "kickrack-racks-"));
    folders.push(folder);
    return folder;
  };
  const exportDiagrams = async (folder: string) => {
    return writeDiagrams(await beginDiagrams(server().app, thread), folder);
  };
  const ask = (mutation: string) => server().ask(`mutation { ${mutation} { userErrors { message } } }`);

  test("are written anew only for what has changed, and removed with their rack", async () => {
    const folder = join(freshFolder(), "racks");
    const run = () => exportDiagrams(folder);
    for (const name of ["X1", "X2", "東京-3"]) await ask(`createRack(name: "${name}")`);
    expect(await run()).toEqual({ racks: 3, changed: 6 });
    expect(readdirSync(folder).sort()).toEqual(
      ["X1", "X2", "東京-3"].flatMap((name) => [`${name}.diag`, `${name}.svg`]),
    );
    expect(readFileSync(join(folder, "X1.svg"), "utf8")).toBe((await server().control("/racks/X1.svg")).body);
    expect(readFileSync(join(folder, "X1.diag"), "utf8")).toBe((await server().control("/racks/X1.diag")).body);

    const inode = (file: string) => statSync(join(folder, file)).ino;
    const before = { x1: inode("X1.svg"), x2: inode("X2.svg") };
    expect(await run()).toEqual({ racks: 3, changed: 0 });
    await ask('placeEquipment(rack: "X2", unit: 3, heightU: 1, kind: SWITCH, name: "sw-1")');
    expect(await run()).toEqual({ racks: 3, changed: 2 });
    expect(inode("X1.svg")).toBe(before.x1);
    expect(inode("X2.svg")).not.toBe(before.x2);
    expect(readFileSync(join(folder, "X2.diag"), "utf8")).toContain("sw-1");

    writeFileSync(join(folder, ".X9.svg.123"), "somebody is writing");
    writeFileSync(join(folder, "notes.txt"), "a person's");
    await ask('deleteRack(rack: "東京-3")');
    expect(await run()).toEqual({ racks: 2, changed: 2 });
    expect(readdirSync(folder).sort()).toEqual([".X9.svg.123", "X1.diag", "X1.svg", "X2.diag", "X2.svg", "notes.txt"]);
  });

  test("of more racks take no more statements", async () => {
    const { app } = server();
    const count = async () => (await statementsOf(app.database.dataSource, () => exportDiagrams(freshFolder()))).length;
    const few = await count();
    for (let i = 0; i < 5; i++) await ask(`createRack(name: "Y${i}")`);
    expect(await count()).toBeLessThanOrEqual(few);
    expect(few).toBeGreaterThan(0);
  });
});
