import type { ParameterValue } from "../install-values.js";
import type { ProfileBoots } from "../profile.entity.js";

/** A profile that Kickrack brings along; an operator changes its parameters, or makes a child of it. */
export interface ShippedProfile {
  readonly name: string;
  readonly title: string;
  /** One that stands before it in the list. */
  readonly parent?: string;
  readonly boots?: ProfileBoots;
  /** Paths under the boot plane's address. */
  readonly kernel?: string;
  readonly initrds?: readonly string[];
  /** Liquid too, of the format KERNEL_ARGUMENTS. */
  readonly arguments?: string;
  readonly template?: string;
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
}

const REPOSITORIES: Readonly<Record<string, string>> = {
  almalinux: "https://repo.almalinux.org/almalinux",
  rocky: "https://dl.rockylinux.org/pub/rocky",
};

export const SHIPPED_PROFILES: readonly ShippedProfile[] = [
  {
    name: "debian",
    title: "Debian, from a mirror",
    template: "debian.preseed",
    // The network comes before the preseed file, so its answers stand here. netcfg/hostname wins over DHCP's name,
    // hostname does not. Without quiet, Linux prints this line, and the token in it, on the machine's screen. The kernel
    // hands at most 32 name=value pairs on, and panics at the 33rd.
    arguments: `
      quiet auto=true priority=critical url={{ urls.config }}
      interface={{ machine.macAddress }} netcfg/link_wait_timeout=30 netcfg/dhcp_timeout=60
      hostname={{ machine.hostname }} netcfg/hostname={{ machine.hostname }}
      domain={{ machine.domain | default: parameters.domain }}
      {% if parameters.console %}console={{ parameters.console }} DEBIAN_FRONTEND=text{% endif %}`,
  },
  debian("12", "bookworm"),
  debian("13", "trixie"),
  {
    name: "redhat",
    title: "Fedora and its kin, from a mirror",
    template: "redhat.ks",
    // inst.repo says where the second stage is (its images/install.img), as well as the packages.
    arguments: `
      quiet inst.ks={{ urls.config }} inst.repo={{ parameters.baseOs }}
      {% if parameters.proxy %}inst.proxy={{ parameters.proxy }}{% endif %}
      ip=dhcp BOOTIF=01-{{ machine.macAddress | replace: ":", "-" }} inst.cmdline
      {% if parameters.console %}console={{ parameters.console }}{% endif %}`,
  },
  ...[8, 9, 10].flatMap((release) => [
    redhat("almalinux", "AlmaLinux", release),
    redhat("rocky", "Rocky Linux", release),
    centosStream(release),
  ]),
  {
    ...images("fedora-43", "vmlinuz", "initrd.img"),
    title: "Fedora 43, from a mirror",
    parent: "redhat",
    parameters: {
      release: 43,
      baseOs: "https://dl.fedoraproject.org/pub/fedora/linux/releases/43/Everything/x86_64/os/",
      packages: ["@^custom-environment", "openssh-server"],
    },
  },
  {
    name: "suse",
    title: "openSUSE and its kin, from a mirror",
    template: "suse.autoyast",
    // Read by linuxrc. Without self_update=0 the installer first asks the Internet for a newer one of itself.
    arguments: `
      quiet install={{ parameters.repository }} autoyast={{ urls.config }} self_update=0 textmode=1
      BOOTIF=01-{{ machine.macAddress | replace: ":", "-" }} netsetup=dhcp hostname={{ machine.hostname }}
      {% if parameters.proxy %}proxy={{ parameters.proxy }}{% endif %}
      {% if parameters.console %}console={{ parameters.console }}{% endif %}`,
  },
  {
    ...images("opensuse-leap-15.6", "linux", "initrd"),
    title: "openSUSE Leap 15.6, from a mirror",
    parent: "suse",
    parameters: { repository: "https://download.opensuse.org/distribution/leap/15.6/repo/oss/" },
  },
  {
    name: "ubuntu",
    title: "Ubuntu Server, from its ISO",
    template: "ubuntu.user-data",
    // Until cloud-init 23.3 (22.04 as released) only nocloud-net fetches by HTTP; later ones still take it. The ISO is
    // unpacked in memory: 22.04 and 24.04 ask for 5 GB of it.
    arguments: `
      quiet ip=dhcp url={% if parameters.iso %}{{ parameters.iso }}{% else %}{{ urls.images }}/{{ profile.name }}/installer.iso{% endif %}
      autoinstall ds=nocloud-net;s={{ urls.config }}
      cloud-config-url=/dev/null {% if parameters.console %}console={{ parameters.console }}{% endif %}`,
  },
  ubuntu("22.04", "jammy"),
  ubuntu("24.04", "noble"),
  {
    ...images("flatcar", "flatcar_production_pxe.vmlinuz", "flatcar_production_pxe_image.cpio.gz"),
    title: "Flatcar Container Linux, stable",
    template: "flatcar.ign",
    arguments: `
      quiet flatcar.first_boot=1 ignition.config.url={{ urls.config }}
      {% if parameters.console %}console={{ parameters.console }}{% endif %}`,
  },
  {
    name: "esxi-8",
    title: "VMware ESXi 8, on UEFI",
    boots: "CHAIN",
    kernel: "/images/esxi-8/efi/boot/bootx64.efi",
    template: "esxi.ks",
    arguments: "-c {{ urls.bootCfg }}",
  },
  {
    ...images("rescue", "vmlinuz", "sysresccd.img"),
    title: "SystemRescue",
    arguments: "archisobasedir=sysresccd archiso_http_srv={{ urls.images }}/rescue/ ip=dhcp checksum",
  },
  {
    name: "memtest",
    title: "Memtest86+",
    boots: "CHAIN",
    kernel: "/images/memtest/memtest.bin",
  },
  { name: "local-disk", title: "The local disk", boots: "LOCAL_DISK" },
];

function images(name: string, kernel: string, initrd: string) {
  return { name, kernel: `/images/${name}/${kernel}`, initrds: [`/images/${name}/${initrd}`] };
}

function debian(release: string, suite: string): ShippedProfile {
  const name = `debian-${release}`;
  const title = `Debian ${release} (${suite}), from a mirror`;
  return { ...images(name, "linux", "initrd.gz"), title, parent: "debian", parameters: { suite } };
}

function redhat(name: string, title: string, release: number): ShippedProfile {
  const base = `${REPOSITORIES[name]}/${release}`;
  return {
    ...images(`${name}-${release}`, "vmlinuz", "initrd.img"),
    title: `${title} ${release}, from a mirror`,
    parent: "redhat",
    parameters: {
      release,
      baseOs: `${base}/BaseOS/x86_64/os/`,
      appStream: `${base}/AppStream/x86_64/os/`,
    },
  };
}

function centosStream(release: number): ShippedProfile {
  // 8 has ended, and only the archive has it.
  const mirror = "https://mirror.stream.centos.org";
  const base = release === 8 ? "https://vault.centos.org/8-stream" : `${mirror}/${release}-stream`;
  return {
    ...images(`centos-stream-${release}`, "vmlinuz", "initrd.img"),
    title: `CentOS Stream ${release}, from a mirror`,
    parent: "redhat",
    parameters: { release, baseOs: `${base}/BaseOS/x86_64/os/`, appStream: `${base}/AppStream/x86_64/os/` },
  };
}

function ubuntu(release: string, suite: string): ShippedProfile {
  const name = `ubuntu-${release}`;
  const title = `Ubuntu Server ${release} (${suite}), from its ISO`;
  return { ...images(name, "vmlinuz", "initrd"), title, parent: "ubuntu" };
}
