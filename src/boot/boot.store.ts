import type { EntityManager } from "typeorm";
import type { Database } from "../db/database.js";
import { installToken } from "../install/install-token.js";
import type { InstallValues, ParameterValue } from "../install/install-values.js";
import { installValues } from "../install/install-values.store.js";
import { Installation } from "../install/installation.entity.js";
import type { InstallPlan } from "../install/install-plan.js";
import { KeptPlan } from "../install/install-plan.entity.js";
import type { Installer } from "../install/plan-render.js";
import { rendersForMachines, rendersForPeople } from "../install/render-thread.js";
import type { Vault } from "../install/vault.js";
import type { MacAddress } from "../machine/mac-address.js";
import { EthernetInterface } from "../machine/machine.entity.js";
import type { BootDirectory } from "./boot-directory.js";
import { printIpxeScript } from "./ipxe-script.js";
import { DEFAULT_LOCAL_BOOT } from "./local-boot.js";
import { decideBoot, type BootDecision, type BootLimits, type BootMachine, type OpenInstallation } from "./decision.js";

/** What a port may boot, from the directory where that is harmless and from the database where it is an installer. */
export class Boots {
  constructor(
    private readonly database: Database,
    private readonly directory: BootDirectory,
    private readonly secretKey: string,
    private readonly vault: Vault,
    private readonly limits: BootLimits,
    private readonly now: () => Date,
  ) {}

  /** Undefined when the database has to be asked. For the thousands that boot their disk this is all it takes. */
  decideAtOnce(mac: MacAddress): BootDecision | undefined {
    const machine = this.directory.bootMachine(mac);
    if (machine?.state === "ARMED" || machine?.state === "INSTALLING") return undefined;
    return decideBoot(machine, undefined, NO_TIME, this.limits);
  }

  /** @param base the URL the machine reaches us by, without a slash at its end */
  async decide(mac: MacAddress, base: string): Promise<BootDecision> {
    return this.decideAtOnce(mac) ?? (await this.decideByRecords(mac, base)).decision;
  }

  /** The decision for people to read: its installer has no token, and no parameter of its profile unless they may read those. */
  async decideForReader(mac: MacAddress, base: string, mayReadParameters: boolean): Promise<BootDecision> {
    const seen = (values: InstallValues) => (mayReadParameters ? values : hideParameters(values));
    return this.decideAtOnce(mac) ?? (await this.decideByRecords(mac, base, { token: HIDDEN, seen })).decision;
  }

  /** Like `decide`, for a machine that boots now: an installing one has used up one of its tries. */
  async decideAndCount(mac: MacAddress, base: string): Promise<BootDecision> {
    const atOnce = this.decideAtOnce(mac);
    if (atOnce !== undefined) return atOnce;
    const { decision, installationId } = await this.decideByRecords(mac, base);
    if (decision.action !== "install" || decision.rule !== "INSTALLING") return decision;
    const counted = await this.database.manager.increment(
      Installation,
      { id: installationId, state: "INSTALLING" },
      "installerBoots",
      1,
    );
    // Disarmed between the look and the count: look again.
    return counted.affected === 0 ? this.decide(mac, base) : decision;
  }

  /** @throws InvalidInput when iPXE could not be given this installer */
  checkInstaller(installer: Installer): void {
    const mac = "02:00:00:00:00:01" as MacAddress;
    const who = { name: "check", place: null, localBoot: DEFAULT_LOCAL_BOOT };
    printIpxeScript({ action: "install", rule: "ARMED", ...who, installer }, mac, "http://192.0.2.1");
  }

  private async decideByRecords(
    mac: MacAddress,
    base: string,
    reader?: { readonly token: string; readonly seen: (values: InstallValues) => InstallValues },
  ): Promise<{ decision: BootDecision; installationId: number }> {
    const { manager } = this.database;
    const now = this.now().getTime();
    // Machine, port and installation in one statement, and so of one moment.
    const records = await readTogether(manager, mac);
    // What decides nothing is as the directory has it.
    const known = this.directory.entryOf(mac);
    const machine: BootMachine | undefined = records?.port && {
      place: known?.place ?? null,
      localBoot: known?.localBoot ?? DEFAULT_LOCAL_BOOT,
      hostname: records.port.machine.hostname,
      serialNumber: records.port.machine.serialNumber,
      state: records.port.machine.state,
      locked: records.port.machine.locked,
      disputed: records.port.disputed,
    };
    const installation = records?.installation;
    const bare = installation && openInstallation(installation, NO_INSTALLER);
    const decision = decideBoot(machine, bare, now, this.limits);
    if (decision.action !== "install" || records === undefined || installation === undefined) {
      return { decision, installationId: 0 };
    }
    const plan = planOfArmed(installation);
    if (plan.boots === "LOCAL_DISK") {
      const { name, place, localBoot } = decision;
      return { decision: { action: "local", rule: "LOCAL_PROFILE", name, place, localBoot }, installationId: 0 };
    }
    const token = reader?.token ?? installToken(this.secretKey, installation.tokenSeed);
    const rendering = { machine: records.port.machine, plan, macAddress: mac, token, base };
    const values = await installValues(manager, this.vault, rendering);
    const installer = await (reader === undefined
      ? rendersForMachines.installer(plan, values)
      : rendersForPeople.installer(plan, reader.seen(values)));
    return { decision: { ...decision, installer }, installationId: installation.id };
  }
}

function planOfArmed(installation: Installation & { readonly plan?: KeptPlan | null }): InstallPlan {
  if (!installation.plan) throw new Error(`Installation:${installation.id} is open and has no plan`);
  return installation.plan.content;
}

/** A word, so that a kernel line stays what it is. */
const HIDDEN = "hidden";

function hideParameters(values: InstallValues): InstallValues {
  const hidden = Object.entries(values.parameters).map(([name, value]): [string, ParameterValue] => {
    if (typeof value === "string") return [name, value === "" ? "" : HIDDEN];
    return [name, typeof value === "object" ? value.map(() => HIDDEN) : value];
  });
  return { ...values, parameters: Object.fromEntries(hidden) };
}

/** Without an installation no time is over. */
const NO_TIME = 0;
const NO_INSTALLER = { title: "", kernel: "", initrds: [], arguments: "" };

function openInstallation(installation: Installation, installer: OpenInstallation["installer"]): OpenInstallation {
  return {
    state: installation.state === "ARMED" ? "ARMED" : "INSTALLING",
    expiresAt: installation.expiresAt.getTime(),
    installerBoots: installation.installerBoots,
    installer,
  };
}

async function readTogether(
  manager: EntityManager,
  mac: MacAddress,
): Promise<{ port: EthernetInterface; installation: Installation | undefined } | undefined> {
  const port = await manager
    .createQueryBuilder(EthernetInterface, "port")
    .innerJoinAndSelect("port.machine", "machine")
    .leftJoinAndMapOne(
      "machine.openInstallation",
      Installation,
      "installation",
      "installation.machineId = machine.id AND installation.state IN ('ARMED', 'INSTALLING')",
    )
    .leftJoinAndMapOne("installation.plan", KeptPlan, "plan", "plan.id = installation.planId")
    .where("port.macAddress = :mac", { mac })
    .getOne();
  if (port === null) return undefined;
  const { openInstallation } = port.machine as { openInstallation?: Installation | null };
  return { port, installation: openInstallation ?? undefined };
}
