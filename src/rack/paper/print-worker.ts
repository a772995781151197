import { answerJobs } from "../../job-thread.js";
import type { RackElevation } from "../drawing/elevation.js";
import type { PrintJob } from "./print.js";
import { racksPdf } from "./racks-pdf.js";
import { svgPng } from "./svg-png.js";

// Draws pages and pixels beside the event loop, and loads fonts there; see print.ts.
answerJobs(async (job: PrintJob): Promise<Uint8Array> => {
  switch (job.as) {
    case "pdf":
      return racksPdf(
        job.racks.map((rack) => JSON.parse(rack) as RackElevation),
        job.draw,
        job.paper,
      );
    case "png":
      return svgPng(job.svg, job.zoom);
  }
});
