import type { Lab } from "./lab.js";

// The whole installation, as far as Kickrack sees one: the installer's own wget says that it began and that it is done.
const TEMPLATE = `d-i preseed/early_command string \\
  wget -q -O /dev/null {{ urls.started | shell }}; \\
  wget -q -O /dev/null {{ urls.done | shell }}; \\
  poweroff -f
`;

/** Approves a machine that waits and arms it with Debian's installer, which reports and switches the machine off. */
export async function installAndReport(lab: Lab, mac: string, hostname: string, console: string): Promise<void> {
  // One document, so that the waiting machine cannot ask between its approval and its arming.
  await lab.api.ask(
    `mutation ($template: String!) {
      saveTemplate(name: "lab", format: PRESEED, text: $template) { userErrors { code field message } }
      updateProfile(profile: "debian-12", template: "lab", parameters: { console: "${console}", domain: "lab" }) {
        userErrors { code field message }
      }
      approveMachines(machines: ["${mac}"]) { userErrors { code field message } }
      updateMachine(machine: "${mac}", hostname: "${hostname}") { userErrors { code field message } }
      assignProfile(machines: ["${hostname}"], profile: "debian-12") { userErrors { code field message } }
      armMachines(machines: ["${hostname}"], count: 1) { userErrors { code field message } }
    }`,
    { template: TEMPLATE },
  );
}
