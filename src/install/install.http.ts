import type { Database } from "../db/database.js";
import { Forbidden, InvalidInput, NotFound } from "../errors.js";
import { queryValue, remoteAddress, text, type BootAnswer, type BootRequest } from "../http/boot-request.js";
import { readBody } from "../http/read-body.js";
import { Machine } from "../machine/machine.entity.js";
import { installationByToken, reportInstallation } from "./installation.store.js";
import { EVENT_TEXT_LIMIT } from "./installation-events.store.js";
import { installValues } from "./install-values.store.js";
import type { LifeLimits } from "./lifecycle.js";
import type { ConfigFormat } from "./config-format.js";
import { planById } from "./install-plan.store.js";
import { renderersOf } from "./plan-render.js";
import { readReport, type Report } from "./progress-report.js";
import type { Vault } from "./vault.js";

/** What an installer may ask for and report: everything here needs the token of an open installation. */
export class InstallHandlers {
  constructor(
    private readonly database: Database,
    private readonly secretKey: string,
    private readonly vault: Vault,
    private readonly limits: LifeLimits,
    private readonly now: () => Date,
  ) {}

  /** GET /install/kickstart, /install/preseed.cfg: the configuration. The first fetch begins the installation. */
  config(format: ConfigFormat): (request: BootRequest) => Promise<BootAnswer> {
    return async (request) => {
      const { target, base, method } = request;
      const token = tokenOf(method, target);
      const { manager } = this.database;
      const installation = await installationByToken(manager, this.secretKey, token);
      if (installation === null) throw new NotFound("no installation has this token");
      const { machineId, planId, tokenSeed } = installation;
      request.machineId = machineId;
      const plan = await planById(manager, planId);
      const { format: meant } = plan.template;
      if (meant !== format) throw new NotFound(`profile ${plan.profile} is installed by ${meant}, not by ${format}`);
      // Rendered before the installation begins: a template that fails must not use it up.
      const machine = await manager.findOneByOrFail(Machine, { id: machineId });
      const values = await installValues(manager, this.vault, { machine, plan, token, base });
      const body = renderersOf(plan).config(values, tokenSeed);
      await this.report(token, "config", noStage(`to ${remoteAddress(request)}`));
      request.said = `${format} of profile ${plan.profile}`;
      return text(body);
    };
  }

  /** GET or POST /install/{started,progress,done,failed}; the body of a POST is kept as the installation's log. */
  callback(type: "started" | "progress" | "done" | "failed"): (request: BootRequest) => Promise<BootAnswer> {
    return async (request) => {
      const { target, method, message } = request;
      const token = tokenOf(method, target);
      request.machineId = (await installationByToken(this.database.manager, this.secretKey, token))?.machineId;
      const body = method === "POST" ? await readBody(message, EVENT_TEXT_LIMIT) : "";
      const said = type === "progress" ? readReport(body) : noStage(body);
      const words = body === "" ? noStage(`from ${remoteAddress(request)}`) : said;
      const installation = await this.report(token, type, words);
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
  // Every address here changes the installation, and a HEAD must not: a proxy or a link checker sends it unasked.
  if (method === "HEAD") throw new InvalidInput("ask with GET");
  const token = queryValue(target, "token");
  if (token === undefined || token === "") throw new Forbidden("add ?token=…, as the boot menu's kernel line has it");
  return token;
}
