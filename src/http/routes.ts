import type { IncomingMessage, ServerResponse } from "node:http";
import { getFacts, getGrubEntry, getRegistrationScript, GRUB_ENTRIES, type BootHandlers } from "../boot/boot.http.js";
import type { InstallHandlers } from "../install/install.http.js";
import { text, type BootAnswer, type BootRequest } from "./boot-request.js";

export type BootHandler = (request: BootRequest) => BootAnswer | Promise<BootAnswer>;

/** One line of the boot plane. `prefix` is compared with the raw target. */
export type BootRoute =
  | {
      readonly prefix: string;
      readonly methods: readonly string[];
      /** What runs the answer: iPXE runs only a 200, so a fault is a script too; an installer reads a status. */
      readonly client: "ipxe" | "loader" | "installer";
      readonly handler: BootHandler;
    }
  | { readonly prefix: string; readonly stream: (message: IncomingMessage, response: ServerResponse) => Promise<void> };

export interface BootPlaneHandlers {
  readonly boot: BootHandlers;
  readonly inventory: BootHandler;
  readonly install: InstallHandlers;
  readonly images: (message: IncomingMessage, response: ServerResponse) => Promise<void>;
}

const GET = ["GET", "HEAD"];
const GET_OR_POST = ["GET", "HEAD", "POST"];

/** Every URL of the boot plane. Those of the control plane are in control-plane.ts. */
export function bootRoutes({ boot, inventory, install, images }: BootPlaneHandlers): BootRoute[] {
  const installer = (prefix: string, handler: BootHandler, methods = GET): BootRoute => {
    return { prefix: `/install/${prefix}?`, methods, client: "installer", handler };
  };
  return [
    { prefix: "/boot/", methods: GET, client: "ipxe", handler: boot.getBoot },
    { prefix: "/inventory/", methods: GET, client: "ipxe", handler: inventory },
    { prefix: "/inventory?", methods: GET, client: "ipxe", handler: inventory },
    { prefix: "/SNreg.ipxe", methods: GET, client: "ipxe", handler: getRegistrationScript },
    { prefix: "/facts.ipxe", methods: GET, client: "ipxe", handler: getFacts },
    { prefix: "/images/", stream: images },
    { prefix: "/pxelinux.cfg/01-", methods: GET, client: "loader", handler: boot.getPxelinux },
    { prefix: "/grub/grub.cfg-", methods: GET, client: "loader", handler: boot.getGrub },
    ...GRUB_ENTRIES.map((prefix): BootRoute => ({ prefix, methods: GET, client: "loader", handler: getGrubEntry })),
    installer("kickstart", install.config("KICKSTART")),
    installer("preseed.cfg", install.config("PRESEED")),
    installer("ignition.json", install.config("IGNITION")),
    installer("autoyast.xml", install.config("AUTOYAST")),
    installer("ks.cfg", install.config("ESXI")),
    installer("boot.cfg", install.bootCfg),
    { prefix: "/install/nocloud/", methods: GET, client: "installer", handler: install.noCloud },
    installer("started", install.callback("started"), GET_OR_POST),
    installer("progress", install.callback("progress"), GET_OR_POST),
    installer("done", install.callback("done"), GET_OR_POST),
    installer("failed", install.callback("failed"), GET_OR_POST),
    installer("booted", install.callback("booted"), GET_OR_POST),
    { prefix: "/healthz", methods: GET, client: "loader", handler: () => text("ok\n") },
  ];
}
