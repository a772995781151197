import { SaxesParser } from "saxes";

type Type = "map" | "list" | "boolean" | "text";

/**
 * The elements of an AutoYaST profile that ours uses, with what they hold: of the RELAX NG schemas that YaST's modules
 * bring along (src/autoyast-rnc/*.rnc of yast-autoinstallation, -users, -network, -firewall, -ntp-client, -bootloader,
 * -country, -services-manager), which are in no Debian release. A list and a boolean have to say that they are.
 */
const ELEMENTS: Readonly<Record<string, Type>> = {
  profile: "map",
  "profile/general": "map",
  "profile/general/mode": "map",
  "profile/general/mode/confirm": "boolean",
  "profile/general/mode/second_stage": "boolean",
  "profile/general/mode/final_halt": "boolean",
  "profile/general/mode/final_reboot": "boolean",
  "profile/language": "map",
  "profile/language/language": "text",
  "profile/keyboard": "map",
  "profile/keyboard/keymap": "text",
  "profile/timezone": "map",
  "profile/timezone/hwclock": "text",
  "profile/timezone/timezone": "text",
  "profile/ntp-client": "map",
  "profile/ntp-client/ntp_policy": "text",
  "profile/ntp-client/ntp_sync": "text",
  "profile/ntp-client/ntp_servers": "list",
  "profile/ntp-client/ntp_servers/ntp_server": "map",
  "profile/ntp-client/ntp_servers/ntp_server/address": "text",
  "profile/ntp-client/ntp_servers/ntp_server/iburst": "boolean",
  "profile/ntp-client/ntp_servers/ntp_server/offline": "boolean",
  "profile/networking": "map",
  "profile/networking/keep_install_network": "boolean",
  "profile/networking/dns": "map",
  "profile/networking/dns/dhcp_hostname": "boolean",
  "profile/networking/dns/hostname": "text",
  "profile/firewall": "map",
  "profile/firewall/enable_firewall": "boolean",
  "profile/firewall/start_firewall": "boolean",
  "profile/firewall/default_zone": "text",
  "profile/firewall/zones": "list",
  "profile/firewall/zones/zone": "map",
  "profile/firewall/zones/zone/name": "text",
  "profile/firewall/zones/zone/services": "list",
  "profile/firewall/zones/zone/services/service": "text",
  "profile/partitioning": "list",
  "profile/partitioning/drive": "map",
  "profile/partitioning/drive/device": "text",
  "profile/partitioning/drive/initialize": "boolean",
  "profile/partitioning/drive/use": "text",
  "profile/bootloader": "map",
  "profile/bootloader/global": "map",
  "profile/bootloader/global/append": "text",
  "profile/software": "map",
  "profile/software/products": "list",
  "profile/software/products/product": "text",
  "profile/software/patterns": "list",
  "profile/software/patterns/pattern": "text",
  "profile/software/packages": "list",
  "profile/software/packages/package": "text",
  "profile/services-manager": "map",
  "profile/services-manager/services": "map",
  "profile/services-manager/services/enable": "list",
  "profile/services-manager/services/enable/service": "text",
  "profile/users": "list",
  "profile/users/user": "map",
  "profile/users/user/username": "text",
  "profile/users/user/encrypted": "boolean",
  "profile/users/user/user_password": "text",
  "profile/users/user/authorized_keys": "list",
  "profile/users/user/authorized_keys/listentry": "text",
  "profile/scripts": "map",
  ...scripts("pre-scripts"),
  ...scripts("postpartitioning-scripts"),
  ...scripts("chroot-scripts"),
  "profile/scripts/chroot-scripts/script/chrooted": "boolean",
};

function scripts(kind: string): Record<string, Type> {
  const list = `profile/scripts/${kind}`;
  return {
    [list]: "list",
    [`${list}/script`]: "map",
    [`${list}/script/filename`]: "text",
    [`${list}/script/source`]: "text",
  };
}

/** Paths of elements that AutoYaST does not know, or that hold something else. */
export function strangeElements(text: string): string[] {
  const open: string[] = [];
  const strange: string[] = [];
  let held = "";
  const parser = new SaxesParser({ xmlns: true });
  parser.on("opentag", ({ name, attributes }) => {
    open.push(name);
    held = "";
    const path = open.join("/");
    const type = ELEMENTS[path];
    const said = attributes["config:type"]?.value;
    const needed = type === "list" || type === "boolean" ? type : undefined;
    if (type === undefined || said !== needed) strange.push(path);
  });
  parser.on("text", (piece) => (held += piece));
  parser.on("closetag", ({ name }) => {
    const path = open.join("/");
    if (ELEMENTS[path] === "boolean" && held !== "true" && held !== "false") strange.push(`${path} ${held}`);
    open.splice(open.lastIndexOf(name));
    held = "";
  });
  parser.write(text).close();
  return strange;
}
