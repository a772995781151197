import * as svgJs from "@svgdotjs/svg.js";
import { answerJobs } from "../../job-thread.js";
import { type MarkupJob, rackMarkup } from "./svg/markup.js";

// Draws racks beside the event loop; see draw.ts.
answerJobs((job: MarkupJob) => rackMarkup(job, svgJs));
