import type { BootAnswer, BootRequest } from "../http/boot-request.js";
import { parseInventoryTarget } from "./inventory-request.js";
import type { MacAddress } from "./mac-address.js";
import type { RegistrationQueue } from "./registration-queue.js";

/**
 * GET /inventory/…: registers, and goes on with what the machine may do now, which `next` knows. The answer is sent
 * after the commit.
 */
export function inventoryHandler(
  queue: RegistrationQueue,
  next: (mac: MacAddress, request: BootRequest) => Promise<BootAnswer>,
): (request: BootRequest) => Promise<BootAnswer> {
  return async (request) => {
    const report = parseInventoryTarget(request.target);
    request.mac = report.macAddress;
    await queue.register(report);
    return next(report.macAddress, request);
  };
}
