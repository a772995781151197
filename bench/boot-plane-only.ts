// The boot plane alone: a million machines cost the hand-over two million files, which is not what is measured.
import { BootDirectory } from "../src/boot/boot-directory.js";
import { BootHandlers } from "../src/boot/boot.http.js";
import { BootRequests } from "../src/boot/boot-requests.js";
import { LocalBoots } from "../src/boot/local-boots.js";
import { Boots } from "../src/boot/boot.store.js";
import { Database } from "../src/db/database.js";
import { createBootPlane, listen } from "../src/http/boot-plane.js";
import { Vault } from "../src/install/vault.js";
import { createLog } from "../src/log.js";

const [databaseUrl = "", port = ""] = process.argv.slice(2);
const log = createLog((text) => process.stderr.write(text));
const database = await Database.open(databaseUrl);
const directory = await BootDirectory.load(database, log);
const boots = new Boots(
  database,
  directory,
  "not needed",
  new Vault("not needed"),
  { installerBoots: 3 },
  () => new Date(),
);
const handlers = new BootHandlers(boots, new LocalBoots(database, directory, log));
const route = { prefix: "/boot/", methods: ["GET"], client: "ipxe", handler: handlers.getBoot } as const;
const requests = new BootRequests(database, directory, log);
setInterval(() => void requests.write(), 1_000);
await listen(createBootPlane([route], log, requests.note, { publicUrl: undefined, networks: [] }), {
  host: "127.0.0.1",
  port: Number(port),
});
