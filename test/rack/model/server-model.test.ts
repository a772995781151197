import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { packageRoot } from "../../../src/package-root.js";
import { modelFor, parseServerModels } from "../../../src/rack/model/server-model.js";

const HEADER = "manufacturer_pattern,product_pattern,height_u,full_depth,weight_kg,source_path\n";
const models = parseServerModels(readFileSync(join(packageRoot, "src/rack/model/server-models.csv"), "utf8"));

describe("server-models.csv", () => {
  test("is read whole, sorted by manufacturer and product", () => {
    expect(models).toHaveLength(226);
    const keys = models.map((m) => `${m.manufacturerPattern}\t${m.productPattern}`.toLowerCase());
    expect(keys).toEqual([...keys].sort());
  });

  test.each([
    ["Dell Inc.", "PowerEdge R940", 3],
    ["Dell Inc.", "PowerEdge R940xa", 4],
    ["DELL INC.", "poweredge r640", 1],
    ["HP", "ProLiant DL380 Gen9", 2],
    ["HPE", "ProLiant DL380 Gen9", 2],
    ["Supermicro", "SYS-6018R-TDW", undefined],
    ["QEMU", "Standard PC (Q35 + ICH9, 2009)", undefined],
    ["Dell Inc.", "", undefined],
    ["", "PowerEdge R640", undefined],
  ])("gives %s %s a height of %s", (manufacturer, product, heightU) => {
    expect(modelFor(models, manufacturer, product)?.heightU).toBe(heightU);
  });

  test("finds a model whose names are padded, as SMBIOS pads them", () => {
    expect(modelFor(models, " Dell Inc. ", "PowerEdge R640   ")?.heightU).toBe(1);
  });
});

describe("parseServerModels", () => {
  test("reads quotes, Windows line ends, and a last line without an end", () => {
    const csv = HEADER + 'ACME,"Big, ""fast""",2.5,true,,a.yaml\r\n\r\nACME,Small,1,false,9.5,b.yaml';
    expect(parseServerModels(csv)).toEqual([
      {
        manufacturerPattern: "ACME",
        productPattern: 'Big, "fast"',
        heightU: 2.5,
        fullDepth: true,
        sourcePath: "a.yaml",
      },
      {
        manufacturerPattern: "ACME",
        productPattern: "Small",
        heightU: 1,
        fullDepth: false,
        weightKg: 9.5,
        sourcePath: "b.yaml",
      },
    ]);
  });

  test.each([
    ["line 1: the header", "manufacturer,product\n"],
    ["line 1: the header", ""],
    ["line 2: 5 columns", HEADER + "A,B,1,true,\n"],
    ["line 3: height_u", HEADER + "A,B,1,true,,x\nA,C,1.3,true,,x\n"],
    ["line 2: height_u", HEADER + "A,B,0,true,,x\n"],
    ["line 2: height_u", HEADER + "A,B,1e3,true,,x\n"],
    ["line 2: full_depth", HEADER + "A,B,1,yes,,x\n"],
    ["line 2: weight_kg", HEADER + "A,B,1,true,heavy,x\n"],
    ["line 2: a pattern is empty", HEADER + "A,,1,true,,x\n"],
    ["line 3: the same patterns as line 2", HEADER + "A,B,1,true,,x\na,b,2,true,,x\n"],
    ["line 4: 1 columns", HEADER + '"A\nA",B,1,true,,x\nC\n'],
    ["line 2: a quote", HEADER + '"A,B,1,true,,x\n'],
    ["line 2: a quote", HEADER + 'A"B,C,1,true,,x\n'],
  ])("refuses with %s", (message, csv) => {
    expect(() => parseServerModels(csv)).toThrow(message);
  });

  test("the longest product pattern wins, whatever the order of the rows", () => {
    const rows = ["A,X1,1,true,,x", "A,X12,2,true,,x", "A,X,3,true,,x"];
    for (const order of [rows, rows.toReversed()]) {
      expect(modelFor(parseServerModels(HEADER + order.join("\n")), "A", "X123")?.heightU).toBe(2);
    }
  });
});
