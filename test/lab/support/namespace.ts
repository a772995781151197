import { run } from "./program.js";

const HOW = "start the labs with test/lab/run, which makes a network namespace for them and drops it afterwards";

/**
 * @throws where anything but a lab's own bridges and taps is up: a lab hands out addresses, and nobody else may hear it.
 * To compare namespaces with pid 1 would be shorter, but inside many containers not even root may look at it.
 */
export async function enterPrivateNetwork(): Promise<void> {
  const links = JSON.parse(await run("ip", "-json", "link", "show", "up")) as { ifname?: string }[];
  const strangers = links.flatMap(({ ifname = "lo" }) => (/^(lo|kr\d+(t\d+)?)$/.test(ifname) ? [] : [ifname]));
  if (strangers.length > 0) throw new Error(`this network is not private, it has ${strangers.join(", ")}; ${HOW}`);
  await run("ip", "link", "set", "lo", "up");
}
