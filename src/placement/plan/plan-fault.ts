interface Told {
  readonly manufacturer: string | null;
  readonly product: string | null;
  readonly serialNumber: string | null;
}

/** Why the machine that appeared is not the one that was planned; undefined when it is. What a plan leaves open, fits. */
export function planFault(plan: Told, machine: Told): string | undefined {
  const differ = (name: keyof Told, what: string) =>
    plan[name] === null || sameText(plan[name], machine[name])
      ? undefined
      : `${what} ${machine[name] ?? "nothing"} instead of ${plan[name]}`;
  const faults = [
    sameMaker(plan.manufacturer, machine.manufacturer) ? undefined : differ("manufacturer", "manufacturer"),
    differ("product", "product"),
    differ("serialNumber", "serial number"),
  ].filter((fault) => fault !== undefined);
  return faults.length === 0 ? undefined : `it reports ${faults.join(", ")}`;
}

function sameText(a: string | null, b: string | null): boolean {
  return plain(a) === plain(b);
}

function plain(text: string | null): string {
  return (text ?? "").trim().replace(/\s+/g, " ").toLowerCase();
}

/** "Dell" is "Dell Inc.", and "HPE" is not "HP". */
function sameMaker(a: string | null, b: string | null): boolean {
  const name = (text: string | null) => plain(text).split(/[ ,.]/)[0];
  return name(a) === name(b);
}
