import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { BootDirectory } from "../../src/boot/boot-directory.js";
import { BootRequests } from "../../src/boot/boot-requests.js";
import { keptUrl } from "../../src/boot/kept-url.js";
import type { BootRequest } from "../../src/http/boot-request.js";
import { createLog } from "../../src/log.js";
import { registerAll } from "../support/register.js";
import { onBothServers } from "../graphql/test-server.js";
import { fromPort, port } from "../machine/reports.js";
import { onBothDatabases } from "../support/databases.js";

interface Row {
  readonly url: string;
  readonly status: number;
  readonly answer: string;
  readonly rule: string | null;
  readonly userAgent: string | null;
  readonly remoteAddress: string;
  readonly macAddress: string | null;
  readonly machine: { readonly serialNumber: string } | null;
}
const FIELDS = "url status answer rule userAgent remoteAddress macAddress machine { serialNumber }";

onBothServers("the requests of the boot plane", (server) => {
  const of = async (mac: string): Promise<Row[]> => {
    await server().app.bootRequests.settle();
    const machine = await server().ask<{ bootRequests: { nodes: Row[] } }>(
      `{ machine(macAddress: "${mac}") { bootRequests(last: 50) { nodes { ${FIELDS} } } } }`,
    );
    return machine.bootRequests.nodes;
  };
  const matching = async (filter: string): Promise<Row[]> => {
    await server().app.bootRequests.settle();
    return (await server().ask<{ nodes: Row[] }>(`{ bootRequests(filter: ${filter}) { nodes { ${FIELDS} } } }`)).nodes;
  };

  test("each is kept with its machine: from the registration to a token that is dead", async () => {
    await server().profile("kept");
    const { mac, serial, token } = await server().armed("kept");
    const hyphened = mac.replaceAll(":", "-");
    await server().boot(`/boot/${mac}`, { headers: { "User-Agent": "iPXE/2.0.0+" } });
    await server().boot("/images/linux");
    await server().boot(`/install/preseed.cfg?token=${token}`, { headers: { "User-Agent": "debian-installer" } });
    await server().boot(`/install/kickstart?token=${token}`);
    await server().boot(`/install/done?token=${token}`);
    await server().boot(`/install/progress?token=${token}`);
    await server().boot(`/pxelinux.cfg/01-${hyphened}`);
    await server().boot(`/grub/grub.cfg-${mac}`);
    const rows = await of(mac);
    expect(rows.map(({ status, answer, rule }) => [status, answer, rule])).toEqual([
      [200, "wait", "DISCOVERED"],
      [200, "kept", "ARMED"],
      [200, "kept", "ARMED"],
      [200, "0 bytes sent", null],
      [200, "PRESEED of profile kept", null],
      [404, "profile kept is installed by PRESEED, not by KICKSTART", null],
      [200, "installation DONE", null],
      [409, "this installation is DONE; its token is dead", null],
      [200, "menu", "NOT_ARMED"],
      [200, "menu", "NOT_ARMED"],
    ]);
    expect(rows[2]).toMatchObject({
      url: `/boot/${mac}`,
      userAgent: "iPXE/2.0.0+",
      remoteAddress: "127.0.0.1",
      macAddress: mac,
      machine: { serialNumber: serial },
    });
    expect(rows[4]?.url).toBe("/install/preseed.cfg?(hidden)");
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  test("those that matched nothing are kept too: strangers, wrong addresses, browsers, tokens of nobody", async () => {
    await server().boot("/boot/00-26-2d-ee-00-01");
    await server().boot("/boot/nonsense");
    await server().boot("/nowhere");
    await server().boot("/SNreg.ipxe", { method: "POST" });
    await server().boot("/SNreg.ipxe", { headers: { Origin: "http://evil" } });
    await server().boot("/install/done?token=nobody's");
    const rows = await matching("{ not: { machine: {} } }");
    expect(rows.map(({ url, status, answer }) => [url, status, answer])).toEqual([
      ["/boot/00-26-2d-ee-00-01", 200, "register"],
      ["/boot/nonsense", 200, expect.stringContaining("is not a MAC address")],
      ["/nowhere", 404, "no such thing on the boot plane"],
      ["/SNreg.ipxe", 405, "POST is not for this address"],
      ["/SNreg.ipxe", 403, "this address is for machines; open the control plane instead"],
      ["/install/done?(hidden)", 404, "no installation has this token"],
    ]);
    expect(rows[0]?.macAddress).toBe("00:26:2d:ee:00:01");
    expect(await matching('{ rule: { eq: "UNKNOWN" }, url: { contains: "ee-00" } }')).toEqual([rows[0]]);
  });

  test("they are no part of the history, and a health check is no request", async () => {
    const newest = () => server().ask<{ nodes: Array<{ id: string }> }>("{ changes(last: 1) { nodes { id } } }");
    const before = await newest();
    await server().boot("/healthz");
    await server().boot("/boot/00-26-2d-ee-00-02");
    expect((await matching('{ macAddress: { eq: "00-26-2d-ee-00-02" } }')).length).toBe(1);
    expect(await matching('{ url: { eq: "/healthz" } }')).toEqual([]);
    expect(await newest()).toEqual(before);
  });

  test("what is still in memory is written when the server stops", async () => {
    await server().boot("/boot/00-26-2d-ee-00-03");
    await server().stop();
    await server().start();
    expect(await matching('{ macAddress: { eq: "00:26:2d:ee:00:03" } }')).toHaveLength(1);
  });
});

onBothDatabases("what is kept of requests", (fresh) => {
  const message = { socket: { remoteAddress: "::ffff:10.0.0.7" } } as unknown as IncomingMessage;
  const asked = (target: string): BootRequest => {
    const unknown = { mac: undefined, machineId: undefined, rule: undefined, said: undefined };
    return { method: "GET", target, base: "", userAgent: "iPXE", message, ...unknown };
  };
  const setUp = async (maxWaiting?: number) => {
    const database = await (await fresh()).open();
    await registerAll(database, [fromPort(port(1)), fromPort(port(2))], new Date());
    const lines: string[] = [];
    const log = createLog((line) => lines.push(line));
    const directory = await BootDirectory.load(database, log);
    const requests = new BootRequests(
      database,
      directory,
      log,
      { perMachine: 20, total: 60, unmatched: 40 },
      maxWaiting,
    );
    const count = async (where: string): Promise<number> => {
      const [row] = await database.manager.query<Array<{ n: unknown }>>(
        `SELECT COUNT(*) AS n FROM boot_request WHERE ${where}`,
      );
      return Number(row?.n);
    };
    return { database, requests, count, lines };
  };

  test("is the newest of each machine, of all machines and of strangers, to a quarter above the bounds", async () => {
    const { requests, count, database } = await setUp();
    for (let i = 0; i < 400; i++) {
      for (const target of [`/boot/${port(1)}?${i}`, `/boot/${port(3)}?${i}`]) requests.note(asked(target), 200);
      if (i % 10 === 0) await requests.settle();
    }
    requests.note(asked(`/boot/${port(2)}`), 200);
    await requests.settle();
    expect(await count(`mac_address = '${port(1)}'`)).toBeLessThanOrEqual(25);
    expect(await count(`mac_address = '${port(1)}' AND url LIKE '%?399'`)).toBe(1);
    expect(await count("machine_id IS NULL")).toBeLessThanOrEqual(50);
    expect(await count("machine_id IS NULL AND url LIKE '%?399'")).toBe(1);
    expect(await count(`mac_address = '${port(2)}'`)).toBe(1); // the noise of others has not pushed it out
    const [row] = await database.manager.query<object[]>("SELECT remote_address FROM boot_request LIMIT 1");
    expect(row).toEqual({ remote_address: "10.0.0.7" });
  });

  test("what comes faster than it can be written is dropped and counted, and nobody waits for it", async () => {
    const { requests, count } = await setUp(100);
    for (let i = 0; i < 150; i++) requests.note(asked(`/boot/${port(1)}`), 200);
    expect(requests.dropped).toBe(50);
    await requests.settle();
    expect(await count("1 = 1")).toBeGreaterThan(0);
    requests.note(asked(`/boot/${port(1)}`), 200);
    expect(requests.dropped).toBe(50);
  });

  test("a machine's end and texts that no column holds break nothing", async () => {
    const { requests, count, database } = await setUp();
    requests.note(
      { ...asked("/nowhere/\ud800\u0000é"), userAgent: "a\u0000b".repeat(500), said: "x".repeat(999) },
      404,
    );
    requests.note({ ...asked("/install/done"), machineId: 12345 }, 409);
    await requests.settle();
    expect(await count("machine_id IS NULL")).toBe(2);
    await database.manager.query("DELETE FROM machine");
    expect(await count("1 = 1")).toBe(2);
  });

  test("a database that does not take them is told of in the log, and given them again", async () => {
    const { requests, count, database, lines } = await setUp();
    await database.manager.query("ALTER TABLE boot_request RENAME TO elsewhere");
    requests.note(asked(`/boot/${port(1)}`), 200);
    await requests.settle();
    expect(lines.join("")).toContain("cannot keep what machines asked");
    await database.manager.query("ALTER TABLE elsewhere RENAME TO boot_request");
    await requests.settle();
    expect(await count("1 = 1")).toBe(1);
  });
});

const TOKEN = "Kq3vYJm0Zx8-_dT5wPzRAbCdEfGhIjKlMnOpQrStUvW";

test.each([
  [`/install/preseed.cfg?token=${TOKEN}`, "/install/preseed.cfg?(hidden)"],
  [`/install/done?x=1&%74oken=%4Bq3v`, "/install/done?(hidden)"],
  [`/install/nocloud/${TOKEN}/user-data`, "/install/nocloud/(hidden)/user-data"],
  [`/install/nocloud/%4B${TOKEN.slice(1)}/user-data`, "/install/nocloud/(hidden)/user-data"],
  [`/boot/${TOKEN}`, "/boot/(hidden)"],
  [`/boot/00-26-2d-00-00-01?token=${TOKEN}`, "/boot/00-26-2d-00-00-01?token=(hidden)"],
  ["/inventory/MA6S%20000/1/52:54:00:ab:cd:01/FUJITSU-SV", "/inventory/MA6S%20000/1/52:54:00:ab:cd:01/FUJITSU-SV"],
])("of %s is kept %s", (target, kept) => expect(keptUrl(target)).toBe(kept));
