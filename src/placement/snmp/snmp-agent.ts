import snmp, { type Session, type Varbind } from "net-snmp";
import type { SnmpCredentials } from "../switch/switch-credentials.js";
import type { AskLimits, ReadingAllowance } from "./reading-allowance.js";
import { ScanFault } from "./scan-fault.js";

const RETRIES = 2;
/** More do not fit into one Ethernet frame, and older switches then answer nothing at all. */
const ROWS_A_QUESTION = 25;

export type SnmpValue = string | number | bigint | Buffer | boolean | null | undefined;

/** A row of a column: what its index is, in the numbers of its OID, and its value. */
export interface SnmpRow {
  readonly index: readonly number[];
  readonly value: SnmpValue;
}

/** One agent, in one context; close it. */
export class SnmpAgent {
  readonly #session: Session;
  #fault: Error | undefined;

  /** @param vlan Cisco keeps a bridge of its own for each VLAN, under `community@10` or the context `vlan-10` */
  constructor(
    address: string,
    credentials: SnmpCredentials,
    private readonly allowance: ReadingAllowance,
    vlan?: number,
  ) {
    this.#session = openSession(address, credentials, allowance.limits, vlan);
    this.#session.on("error", (error) => (this.#fault = error));
  }

  close(): void {
    this.#session.close();
  }

  /** A single value; undefined when the switch has none. @throws ScanFault */
  async get(oid: string): Promise<SnmpValue> {
    const varbinds = await this.#ask(oid, (done) => this.#session.get([oid], done));
    const [varbind] = varbinds.flat();
    return varbind === undefined || snmp.isVarbindError(varbind) ? undefined : varbind.value;
  }

  /** A column of a table. @param name what a fault calls it @throws ScanFault */
  async column(name: string, oid: string): Promise<SnmpRow[]> {
    const rows = new Rows(name, this.allowance.limits.rows);
    const prefix = `${oid}.`;
    let from = oid;
    for (;;) {
      const varbinds = await this.#ask(name, (done) => this.#session.getBulk([from], 0, ROWS_A_QUESTION, done));
      const before = rows.all.length;
      for (const varbind of varbinds.flat()) {
        if (snmp.isVarbindError(varbind) || !varbind.oid.startsWith(prefix)) return rows.all;
        rows.add(varbind.oid.slice(prefix.length), varbind.value);
        from = varbind.oid;
      }
      if (varbinds.length === 0) return rows.all;
      // Each answer has to bring something new, or it would be asked for ever.
      if (rows.all.length === before) throw new ScanFault(`it goes round in circles in ${name}: ${from} comes again`);
      await this.allowance.keepRows(rows.all.length - before);
    }
  }

  #ask(
    what: string,
    ask: (done: (error: Error | null, varbinds?: ReadonlyArray<Varbind | Varbind[]>) => void) => void,
  ): Promise<ReadonlyArray<Varbind | Varbind[]>> {
    this.allowance.checkTime(what);
    return new Promise((resolve, reject) => {
      ask((error, varbinds) => {
        if (error === null && varbinds !== undefined) resolve(varbinds);
        else reject(new ScanFault(faultOf(this.#fault ?? error, what)));
      });
    });
  }
}

function faultOf(error: Error | null, what: string): string {
  const said = error?.message ?? "nothing";
  if (/digital envelope routines::unsupported/.test(said)) {
    return `${what} cannot be read: DES is too old for this Node; have the switch use AES, or set NODE_OPTIONS=--openssl-legacy-provider`;
  }
  if (/timed? ?out/i.test(said)) return `it does not answer; ${what} was asked for three times`;
  // never more than the library's words: an answer may hold what was asked with
  return `${what} cannot be read: ${said.slice(0, 200)}`;
}

/** A column's rows, each once. */
class Rows {
  readonly all: SnmpRow[] = [];
  /** Only of an agent whose rows are out of order: the others cannot tell one twice. */
  #known: Set<string> | undefined;
  #last: readonly number[] = [];

  constructor(
    private readonly column: string,
    private readonly limit: number,
  ) {}

  /** @throws ScanFault */
  add(suffix: string, value: SnmpValue): void {
    const index = suffix.split(".").map(Number);
    if (this.#known !== undefined || !isAfter(index, this.#last)) {
      this.#known ??= new Set(this.all.map((row) => row.index.join(".")));
      if (this.#known.has(suffix)) return;
      this.#known.add(suffix);
    }
    if (this.all.length === this.limit) {
      throw new ScanFault(`it has more than ${this.limit} rows of ${this.column}; that is no switch of machines`);
    }
    this.all.push({ index, value });
    this.#last = index;
  }
}

/** OIDs rise from row to row (RFC 3416, 4.2.2); of some agents they do not, such as of tables that are hashed. */
function isAfter(index: readonly number[], last: readonly number[]): boolean {
  for (const [i, part] of index.entries()) {
    const known = last[i];
    if (known === undefined || part > known) return true;
    if (part < known) return false;
  }
  return false;
}

function openSession(address: string, credentials: SnmpCredentials, limits: AskLimits, vlan?: number): Session {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+|[0-9a-f:]+?))(?::(\d+))?$/i.exec(address) ?? [];
  const host = bracketed ?? plain ?? address;
  const common = {
    port: Number(port ?? 161),
    transport: host.includes(":") ? ("udp6" as const) : ("udp4" as const),
    timeout: limits.timeoutMs,
    retries: RETRIES,
  };
  if (credentials.version === "V2C") {
    const community = vlan === undefined ? credentials.community : `${credentials.community}@${vlan}`;
    return snmp.createSession(host, community, { ...common, version: snmp.Version2c });
  }
  const context = vlan === undefined ? {} : { context: `vlan-${vlan}` };
  return snmp.createV3Session(host, userOf(credentials), { ...common, version: snmp.Version3, ...context });
}

function userOf({ user: name, auth, privacy }: SnmpCredentials & { version: "V3" }) {
  const { SecurityLevel, AuthProtocols, PrivProtocols } = snmp;
  const authenticated = auth && {
    authProtocol: AuthProtocols[auth.protocol.toLowerCase() as keyof typeof AuthProtocols],
    authKey: auth.password,
  };
  const encrypted = privacy && {
    privProtocol: PrivProtocols[privacy.protocol.toLowerCase() as keyof typeof PrivProtocols],
    privKey: privacy.password,
  };
  const level = encrypted
    ? SecurityLevel.authPriv
    : authenticated
      ? SecurityLevel.authNoPriv
      : SecurityLevel.noAuthNoPriv;
  return { name, level, ...authenticated, ...encrypted };
}
