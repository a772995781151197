import { answerJobs } from "../../job-thread.js";
import { drawRacks } from "../drawing/draw.js";
import type { RackJob } from "./rack-thread.js";

// Draws whole racks, each into a file of its own, for `kickrack export`.
answerJobs(({ rack, options }: RackJob) => drawRacks([rack], options));
