import { inField } from "../errors.js";
import { answerJobs } from "../job-thread.js";
import { configOf, installerOf } from "./plan-render.js";
import type { RenderJob, RenderResult } from "./render-thread.js";
import { checkTemplate } from "./render.js";

// Reads and renders templates beside the event loop; see render-thread.ts.
answerJobs((job: RenderJob): RenderResult => {
  switch (job.as) {
    case "installer":
      return installerOf(job.plan, job.values);
    case "config":
      return configOf(job.plan, job.values, job.saltSeed);
    case "check": {
      const { name, format, text, parameters, snippets, field } = job.template;
      return inField(field, () => checkTemplate(name, format, text, parameters, snippets)).parameterNames;
    }
  }
});
