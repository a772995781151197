/** What tells a switch from others by LLDP. */
interface NamedSwitch {
  readonly id: number;
  readonly name: string;
  readonly systemName: string | null;
  readonly chassisId: string | null;
}

interface Neighbour {
  readonly systemName?: string | null | undefined;
  readonly chassisId?: string | null | undefined;
}

/** The switch that a machine hears; undefined when nobody has it in the records, or two fit. */
export function switchOfNeighbour<S extends NamedSwitch>(switches: readonly S[], neighbour: Neighbour): S | undefined {
  const name = plain(neighbour.systemName);
  const chassis = chassisKey(neighbour.chassisId);
  const fits = switches.filter(
    (each) =>
      (name !== "" && (plain(each.name) === name || plain(each.systemName) === name)) ||
      (chassis !== "" && chassisKey(each.chassisId) === chassis),
  );
  return fits.length === 1 ? fits[0] : undefined;
}

function plain(text: string | null | undefined): string {
  return (text ?? "").trim().toLowerCase();
}

/** 02:00:de:ad:be:00, 0200.dead.be00 and 02-00-de-ad-be-00 are one MAC address; other ids are compared as they are. */
function chassisKey(text: string | null | undefined): string {
  const id = plain(text);
  const digits = id.replace(/[:.-]/g, "");
  return /^[0-9a-f]{12}$/.test(digits) ? digits : id;
}
