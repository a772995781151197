import { answerJobs } from "../../job-thread.js";
import { drawDiagram } from "./draw-diagram.js";
import type { DiagramJob } from "./rackdiag.http.js";

// Reads and draws long texts beside the event loop; see rackdiag.http.ts.
answerJobs(({ text, mode, theme }: DiagramJob) => drawDiagram(text, mode, theme));
