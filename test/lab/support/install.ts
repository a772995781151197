import type { Lab } from "./lab.js";

// The whole installation, as far as Kickrack sees one: the installer's own wget says that it began and that it is done.
// Its kernel line has quiet, so what the kernel knows of Secure Boot is shown here.
const TEMPLATE = `d-i preseed/early_command string \\
  dmesg | grep -E 'secureboot:|locked down' > /dev/console; \\
  wget -q -O /dev/null {{ urls.started | shell }}; \\
  wget -q -O /dev/null {{ urls.done | shell }}; \\
  poweroff -f
`;

/** Places, approves and arms a machine that waits: Debian's installer reports, and switches the machine off. */
export async function installAndReport(lab: Lab, mac: string, hostname: string, console: string): Promise<void> {
  // One document, so that the waiting machine cannot ask between its approval and its arming.
  await lab.api.ask(
    `mutation ($template: String!) {
      createRack(name: "A07", heightU: 42) { userErrors { code field message } }
      saveTemplate(name: "lab", format: PRESEED, text: $template) { userErrors { code field message } }
      updateProfile(profile: "debian-12", template: "lab", parameters: { console: "${console}", domain: "lab" }) {
        userErrors { code field message }
      }
      approveMachines(machines: ["${mac}"]) { userErrors { code field message } }
      updateMachine(machine: "${mac}", hostname: "${hostname}") { userErrors { code field message } }
      placeMachine(machine: "${hostname}", rack: "A07", unit: 12) { userErrors { code field message } }
      assignProfile(machines: ["${hostname}"], profile: "debian-12") { userErrors { code field message } }
      armMachines(machines: ["${hostname}"], count: 1) { userErrors { code field message } }
    }`,
    { template: TEMPLATE },
  );
}
