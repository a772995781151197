import { networkInterfaces } from "node:os";
import type { Config } from "../config.js";

/** How machines are told to reach the boot plane: by what expands `${next-server}`, and by what does not. */
export function bootPlaneUrls({ publicUrl, bootListen }: Config): {
  readonly bootAddress: string;
  readonly dnsmasqUrl: string;
} {
  return {
    bootAddress: publicUrl ?? `http://${ownAddress(bootListen.host)}:${bootListen.port}`,
    dnsmasqUrl: publicUrl ?? `http://\${next-server}:${bootListen.port}`,
  };
}

/** The address that machines reach us by, as far as a host knows that of itself: the first that is not loopback. */
function ownAddress(listenHost: string): string {
  if (listenHost !== "0.0.0.0" && listenHost !== "::") return listenHost.includes(":") ? `[${listenHost}]` : listenHost;
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return addresses.find(({ family, internal }) => family === "IPv4" && !internal)?.address ?? "127.0.0.1";
}
