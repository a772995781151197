import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Database } from "../db/database.js";
import { Forbidden, InvalidInput, NotFound } from "../errors.js";
import { pathOf, queryValue, remoteAddress, text, type BootAnswer, type BootRequest } from "../http/boot-request.js";
import { readBody } from "../http/read-body.js";
import { Machine } from "../machine/machine.entity.js";
import { installationByToken, reportBooted, reportInstallation } from "./installation.store.js";
import { EVENT_TEXT_LIMIT } from "./installation-events.store.js";
import { installValues } from "./install-values.store.js";
import type { LifeLimits } from "./lifecycle.js";
import type { ConfigFormat } from "./config-format.js";
import { esxiImage, printBootCfg } from "./esxi-boot-cfg.js";
import type { InstallPlan } from "./install-plan.js";
import type { Installation } from "./installation.entity.js";
import { planById } from "./install-plan.store.js";
import { readReport, type Report } from "./progress-report.js";
import { rendersForMachines } from "./render-thread.js";
import type { Vault } from "./vault.js";

/** What an installer may ask for and report: everything here needs the token of an open installation. */
export class InstallHandlers {
  constructor(
    private readonly database: Database,
    private readonly secretKey: string,
    private readonly vault: Vault,
    private readonly limits: LifeLimits,
    private readonly now: () => Date,
    /** The folder that /images serves. */
    private readonly images: string,
  ) {}

  /** GET /install/kickstart, /install/preseed.cfg and so on: the configuration. The first fetch begins the installation. */
  config(format: ConfigFormat): (request: BootRequest) => Promise<BootAnswer> {
    return (request) => this.sendConfig(format, request, tokenOf(request.method, request.target));
  }

  /**
   * GET /install/nocloud/TOKEN/…: cloud-init's four files. It asks eleven times for one that is missing, so the two that
   * nobody needs are empty.
   */
  readonly noCloud = async (request: BootRequest): Promise<BootAnswer> => {
    const [, , , token = "", file] = pathOf(request.target).split("/");
    refuseHead(request.method);
    if (file === "user-data") return this.sendConfig("AUTOINSTALL", request, token);
    const { id, machineId, planId } = await this.installationOf(request, token);
    await this.planFor("AUTOINSTALL", planId);
    if (file === "vendor-data" || file === "network-config") return text("");
    if (file !== "meta-data") throw new NotFound("there are user-data, meta-data, vendor-data and network-config");
    const { hostname } = await this.database.manager.findOneByOrFail(Machine, { id: machineId });
    // With another instance-id cloud-init begins anew: each installation has its own.
    const host = hostname === null ? "" : `local-hostname: ${hostname}\n`;
    return text(`instance-id: kickrack-${id}\n${host}`);
  };

  /** GET /install/boot.cfg: the image's own list of modules, with where they and the answers are. Begins nothing. */
  readonly bootCfg = async (request: BootRequest): Promise<BootAnswer> => {
    const token = tokenOf(request.method, request.target);
    const { planId } = await this.installationOf(request, token);
    const { kernel } = await this.planFor("ESXI", planId);
    const { folder, prefix } = esxiImage(kernel, this.images, request.base);
    const original = await readFile(join(folder, "boot.cfg"), "utf8").catch(() => {
      throw new NotFound("the image has no boot.cfg any more; import it again: kickrack image import");
    });
    return text(printBootCfg(original, prefix, `${request.base}/install/ks.cfg?token=${token}`));
  };

  private async sendConfig(format: ConfigFormat, request: BootRequest, token: string): Promise<BootAnswer> {
    const { manager } = this.database;
    const { machineId, planId, tokenSeed } = await this.installationOf(request, token);
    const plan = await this.planFor(format, planId);
    // Rendered before the installation begins: a template that fails must not use it up.
    const machine = await manager.findOneByOrFail(Machine, { id: machineId });
    const values = await installValues(manager, this.vault, { machine, plan, token, base: request.base });
    const body = await rendersForMachines.config(plan, values, tokenSeed);
    await this.report(token, "config", noStage(`to ${remoteAddress(request)}`));
    request.said = `${format} of profile ${plan.profile}`;
    return text(body);
  }

  private async installationOf(request: BootRequest, token: string): Promise<Installation> {
    const installation = await installationByToken(this.database.manager, this.secretKey, token);
    if (installation === null) throw new NotFound("no installation has this token");
    request.machineId = installation.machineId;
    return installation;
  }

  private async planFor(format: ConfigFormat, planId: number | null): Promise<InstallPlan> {
    const plan = await planById(this.database.manager, planId);
    const { format: meant } = plan.template;
    if (meant === format) return plan;
    throw new NotFound(`profile ${plan.profile} is installed by ${meant}, not by ${format}`);
  }

  /** GET or POST /install/{started,progress,done,failed,booted}; the body of a POST is kept as the installation's log. */
  callback(type: "started" | "progress" | "done" | "failed" | "booted"): (request: BootRequest) => Promise<BootAnswer> {
    return async (request) => {
      const { target, method, message } = request;
      const token = tokenOf(method, target);
      // Before anything else is waited for: busybox's nc closes its half behind the body, upon which Node closes the
      // connection, and throws away what was not read by then.
      const body = method === "POST" ? await readBody(message, EVENT_TEXT_LIMIT) : "";
      request.machineId = (await installationByToken(this.database.manager, this.secretKey, token))?.machineId;
      const said = type === "progress" ? readReport(body) : noStage(body);
      const words = body === "" ? noStage(`from ${remoteAddress(request)}`) : said;
      const installation = await (type === "booted"
        ? reportBooted(this.database, this.secretKey, token, words, this.now())
        : this.report(token, type, words));
      request.said = `installation ${installation.state}`;
      return text(`${installation.state}\n`);
    };
  }

  private report(token: string, type: "config" | "started" | "progress" | "done" | "failed", words: Report) {
    const context = { now: this.now(), limits: this.limits };
    return reportInstallation(this.database, this.secretKey, token, type, words, context);
  }
}

function noStage(text: string): Report {
  return { text, stage: null, outcome: null };
}

function tokenOf(method: string, target: string): string {
  refuseHead(method);
  const token = queryValue(target, "token");
  if (token === undefined || token === "") throw new Forbidden("add ?token=…, as the boot menu's kernel line has it");
  return token;
}

/** Every address here changes the installation, and a HEAD must not: a proxy or a link checker sends it unasked. */
function refuseHead(method: string): void {
  if (method === "HEAD") throw new InvalidInput("ask with GET");
}
