import { once } from "node:events";
import { copyFileSync, existsSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { EFI } from "./debian-packages.js";
import { type Exit, Program } from "./program.js";
import type { Transcript } from "./transcript.js";

/** What stands in SMBIOS, byte for byte: vendors pad with blanks, and so may a lab. */
export interface Smbios {
  readonly serialNumber: string;
  readonly manufacturer: string;
  readonly product: string;
  readonly uuid?: string;
}

export interface Hardware {
  readonly name: string;
  readonly firmware: "bios" | keyof typeof EFI;
  /** UEFI boots by HTTP, and has its PXE switched off as a person would do it in its setup. */
  readonly httpBoot?: boolean;
  readonly smbios: Smbios;
  /** In the order of their PCI slots. */
  readonly cards: readonly { readonly macAddress: string; readonly tap: string }[];
  /** Which card the firmware boots from; the local disk always comes after it. */
  readonly bootCard?: number;
  readonly disk?: string;
  readonly memoryMiB?: number;
}

/** A QEMU machine that is switched on. It never restarts by itself: a reboot ends it. */
export class Machine {
  /** The screen of its firmware and then of what it booted, as its serial port shows it. */
  readonly console: Transcript;
  readonly #program: Program;
  readonly #monitor: string;

  constructor(hardware: Hardware, folder: string) {
    this.#monitor = join(folder, `${hardware.name}.monitor`);
    const isArm = hardware.firmware === "arm64";
    const firmware = hardware.firmware === "bios" ? bios() : uefi(hardware, hardware.firmware, folder);
    this.#program = new Program(hardware.name, isArm ? "qemu-system-aarch64" : "qemu-system-x86_64", [
      ...[
        "-accel",
        isArm ? "tcg" : (process.env["KICKRACK_LAB_ACCEL"] ?? "tcg"),
        "-m",
        String(hardware.memoryMiB ?? 256),
        "-no-reboot",
      ],
      ...["-nodefaults", "-display", "none", "-serial", "chardev:console"],
      // The file can be watched while an installation runs.
      ...["-chardev", `stdio,id=console,signal=off,logfile=${join(folder, `${hardware.name}.console`)}`],
      ...["-monitor", `unix:${this.#monitor},server=on,wait=off`],
      ...firmware,
      ...smbios(hardware.smbios),
      // OVMF's PXE asks for random numbers, and so does the installer.
      ...["-device", "virtio-rng-pci"],
      ...hardware.cards.flatMap((card, i) => networkCard(hardware, card, i)),
      ...(hardware.disk === undefined ? [] : disk(hardware.disk)),
    ]);
    this.console = this.#program.output;
  }

  get running(): boolean {
    return this.#program.running;
  }

  press(keys: string): void {
    this.#program.write(keys);
  }

  /** Pulls a network cable: the firmware sees that the link is down. */
  async unplug(card: number): Promise<void> {
    const monitor = connect(this.#monitor);
    monitor.resume().end(`set_link n${card} off\n`);
    await once(monitor, "close");
  }

  /** Waits for the machine to switch itself off. */
  offWithin(seconds: number): Promise<Exit> {
    return this.#program.exitWithin(seconds);
  }

  pullThePlug(): Promise<void> {
    return this.#program.stop();
  }
}

/** graphics=off makes SeaBIOS write the screen to the serial port too: its own, iPXE's and PXELINUX's. */
function bios(): string[] {
  return ["-machine", "pc,graphics=off"];
}

const BOARD: Readonly<Record<keyof typeof EFI, readonly string[]>> = {
  uefi: ["-machine", "q35"],
  // Only system management mode may write the variables, among them the keys.
  secure: ["-machine", "q35,smm=on", "-global", "driver=cfi.pflash01,property=secure,value=on"],
  arm64: ["-machine", "virt", "-cpu", "cortex-a57"],
};

function uefi({ name, httpBoot }: Hardware, firmware: keyof typeof EFI, folder: string): string[] {
  const vars = join(folder, `${name}-vars.fd`);
  // A copy that is there has what the machine has written into it, such as its boot options.
  if (!existsSync(vars)) copyFileSync(EFI[firmware].vars, vars);
  const off = ["IPv6PXESupport", ...(httpBoot ? ["IPv4PXESupport"] : [])];
  return [
    ...BOARD[firmware],
    ...["-drive", `if=pflash,format=raw,readonly=on,file=${EFI[firmware].code}`],
    ...["-drive", `if=pflash,format=raw,file=${vars}`],
    ...off.flatMap((each) => ["-fw_cfg", `name=opt/org.tianocore/${each},string=n`]),
  ];
}

function smbios({ serialNumber, manufacturer, product, uuid }: Smbios): string[] {
  const fields = { manufacturer, product, serial: serialNumber };
  const texts = Object.entries(fields).map(([field, text]) => `${field}=${optionValue(text)}`);
  return ["-smbios", ["type=1", ...texts].join(","), ...(uuid === undefined ? [] : ["-uuid", uuid])];
}

function networkCard(hardware: Hardware, card: Hardware["cards"][number], i: number): string[] {
  const bootindex = i === (hardware.bootCard ?? 0) ? ",bootindex=0" : "";
  // Without its ROM, QEMU's iPXE, a card is booted by the firmware's own PXE.
  const romfile = hardware.firmware === "bios" ? "" : ",romfile=";
  return [
    ...["-netdev", `tap,id=n${i},ifname=${card.tap},script=no,downscript=no`],
    ...["-device", `virtio-net-pci,netdev=n${i},mac=${card.macAddress}${bootindex}${romfile}`],
  ];
}

function disk(file: string): string[] {
  return [
    // An installer flushes the disk thousands of times; nobody pulls the plug of the host.
    ...["-drive", `if=none,id=d0,format=raw,cache=unsafe,file=${optionValue(file)}`],
    ...["-device", "virtio-blk-pci,drive=d0,bootindex=1"],
  ];
}

/** QEMU ends an option's value at a comma and reads two as one. */
function optionValue(text: string): string {
  return text.replaceAll(",", ",,");
}
