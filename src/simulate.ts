import { Agent, get } from "node:http";
import { InvalidInput } from "./errors.js";

/** Makers and products as their SMBIOS spells them, with the form of their serial numbers and a registered OUI. */
const MAKES = [
  {
    manufacturer: "Dell Inc.",
    products: ["PowerEdge R640", "PowerEdge R740", "PowerEdge R650"],
    serial: "AAA9AA9",
    oui: "b0:26:28",
  },
  {
    manufacturer: "HPE",
    products: ["ProLiant DL360 Gen10", "ProLiant DL380 Gen10"],
    serial: "CZJ99999AA",
    oui: "20:67:7c",
  },
  {
    manufacturer: "Supermicro",
    products: ["SYS-1029P-WTRT", "SYS-6029P-TRT"],
    serial: "A999999X9999999",
    oui: "ac:1f:6b",
  },
  { manufacturer: "Lenovo", products: ["ThinkSystem SR630", "ThinkSystem SR650"], serial: "J999AA9A", oui: "08:94:ef" },
  // Fujitsu pads to a fixed length, and so does this.
  {
    manufacturer: "FUJITSU            ",
    products: ["PRIMERGY RX2530 M4  "],
    serial: "YLVT999999     ",
    oui: "90:1b:0e",
  },
] as const;

const AT_ONCE = 32;

/** Registers `machines` made-up servers, the same for the same seed, as iPXE would. */
export async function simulate(options: {
  machines: string;
  url: string;
  seed: string;
}): Promise<{ registered: number; failed: number }> {
  const count = Number(options.machines);
  const seed = Number(options.seed);
  if (!Number.isInteger(count) || count < 1 || count > 100_000) throw new InvalidInput("--machines: 1 to 100000");
  if (!Number.isInteger(seed)) throw new InvalidInput("--seed: a whole number");
  const base = options.url.replace(/\/+$/, "");
  const targets = Array.from({ length: count }, (_, i) => simulatedTarget(i, seed));
  let registered = 0;
  let failed = 0;
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const worker = async () => {
    for (let target = targets.pop(); target !== undefined; target = targets.pop()) {
      if (await isRegistered(base + target, agent)) registered++;
      else failed++;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  agent.destroy();
  return { registered, failed };
}

async function isRegistered(url: string, agent: Agent): Promise<boolean> {
  for (;;) {
    const { status, body, retryAfter } = await ask(url, agent);
    if (status !== 503) return status === 200 && body.startsWith("#!ipxe");
    await new Promise((resolve) => setTimeout(resolve, retryAfter * 1_000));
  }
}

// Not fetch: it sends Sec-Fetch-Mode, and the boot plane refuses browsers.
function ask(url: string, agent: Agent): Promise<{ status: number; body: string; retryAfter: number }> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent, headers: { "User-Agent": "iPXE/1.21.1+ (kickrack simulate)" } }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, body, retryAfter: Number(response.headers["retry-after"] ?? 5) }),
      );
    });
    request.on("error", reject);
  });
}

/** The request of the `index`th machine: two ports, a UUID, the answers of a real SNreg.ipxe. */
export function simulatedTarget(index: number, seed: number): string {
  const random = mulberry32(seed * 100_003 + index);
  const pick = (from: string) => from[Math.floor(random() * from.length)] ?? "";
  const make = MAKES[index % MAKES.length] ?? MAKES[0];
  const product = make.products[Math.floor(random() * make.products.length)] ?? make.products[0];
  const serial = make.serial.replace(/[A9]/g, (kind) => pick(kind === "A" ? "ABCDEFGHJKLMNPRSTVWXYZ" : "0123456789"));
  const hex = (length: number) => Array.from({ length }, () => pick("0123456789abcdef")).join("");
  const tail = `${hex(2)}:${hex(2)}`;
  const last = Math.floor(random() * 128) * 2;
  const mac = (port: number) => `${make.oui}:${tail}:${(last + port).toString(16).padStart(2, "0")}`;
  const hyphens = (text: string) => text.replaceAll(":", "-");
  const uuid = `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
  const path = [serial, mac(0), make.manufacturer, product].map(encodeURIComponent).join("/");
  const ports = `mac0=${hyphens(mac(0))}&mac1=${hyphens(mac(1))}`;
  return `/inventory/${path}?uuid=${uuid}&asset=&board=&platform=efi&arch=x86_64&version=1.21.1%2B&${ports}`;
}

function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
