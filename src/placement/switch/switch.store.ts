import type { EntityManager } from "typeorm";
import type { Transaction } from "../../db/database.js";
import { insertWithId } from "../../db/insert-with-id.js";
import { Conflict, inField, InvalidInput, NotFound } from "../../errors.js";
import type { Vault } from "../../install/vault.js";
import { parseName } from "../../name.js";
import { line } from "../../rack/rack-values.js";
import { portKey } from "./port-name.js";
import { switchKind, switchPortKind } from "../placement.kinds.js";
import { credentialsOf, sealCredentials, type GivenCredentials } from "./switch-credentials.js";
import { Switch, SwitchPort, type PortRole } from "./switch.entity.js";

export interface SwitchValues {
  readonly name: string;
  readonly managementAddress: string | null;
  readonly systemName: string | null;
  readonly chassisId: string | null;
}

type Snmp = GivenCredentials | null | undefined;

/** @throws InvalidInput, Conflict when the name is taken */
export async function createSwitch(
  { manager, changes }: Transaction,
  vault: Vault,
  values: SwitchValues,
  snmp: Snmp,
): Promise<Switch> {
  const columns = { ...switchColumns(values), ...snmpColumns(vault, null, snmp) };
  await checkSwitchName(manager, columns.name);
  const made = await manager.save(manager.create(Switch, columns));
  changes.created(switchKind, [made.id]);
  return made;
}

/** A deleted switch under its old id; its credentials are nowhere any more. @throws Conflict when its name is taken */
export async function recreateSwitch(
  { manager, changes }: Transaction,
  id: number,
  values: SwitchValues,
): Promise<void> {
  const columns = switchColumns(values);
  await checkSwitchName(manager, columns.name);
  await insertWithId(manager, Switch, { id, ...columns });
  changes.created(switchKind, [id]);
}

/** Changes what is given; `snmp` null takes the credentials away. @throws NotFound, InvalidInput, Conflict */
export async function updateSwitch(
  { manager, changes }: Transaction,
  vault: Vault,
  name: string,
  given: Partial<SwitchValues>,
  snmp?: Snmp,
): Promise<Switch> {
  const known = await switchNamed(manager, name);
  await changes.watch(switchKind, [known.id]);
  const columns = switchColumns({ ...known, ...given });
  if (columns.name !== known.name) await checkSwitchName(manager, columns.name);
  return manager.save(Object.assign(known, columns, snmpColumns(vault, known.credentials, snmp)));
}

/** @throws NotFound, Conflict that names the rules for its ports */
export async function deleteSwitch({ manager, changes }: Transaction, name: string): Promise<Switch> {
  const known = await switchNamed(manager, name);
  const rules: Array<{ name: string }> = await manager.query(
    `SELECT DISTINCT name FROM placement_rule LEFT JOIN port_place ON port_place.rule_id = placement_rule.id
     WHERE port_place.switch_id = $1 OR placement_rule.switch_id = $1 ORDER BY name`,
    [known.id],
  );
  if (rules.length > 0) {
    const names = rules.map((rule) => rule.name).join(", ");
    throw new Conflict(`placement rules name switch ${known.name}: ${names}; delete or change them first`, ["switch"]);
  }
  const ports = await manager.find(SwitchPort, { where: { switchId: known.id }, select: { id: true } });
  await changes.watch(
    switchPortKind,
    ports.map(({ id }) => id),
  );
  await changes.watch(switchKind, [known.id]);
  await manager.delete(Switch, { id: known.id });
  return known;
}

/** A person's word on what hangs on a port; one that nobody has heard of is made. @throws NotFound, InvalidInput */
export async function setPortRole(
  { manager, changes }: Transaction,
  switchName: string,
  name: string,
  role: PortRole,
): Promise<SwitchPort> {
  const { id: switchId } = await switchNamed(manager, switchName);
  const text = line("port", name, 256);
  if (text === null) throw new InvalidInput("a port has a name, such as Gi1/0/7", ["port"]);
  const known = await manager.findOneBy(SwitchPort, { switchId, portKey: portKey(text) });
  if (known === null) {
    const made = await manager.save(manager.create(SwitchPort, { switchId, name: text, portKey: portKey(text), role }));
    changes.created(switchPortKind, [made.id]);
    return made;
  }
  await changes.watch(switchPortKind, [known.id]);
  await manager.update(SwitchPort, { id: known.id }, { role });
  return Object.assign(known, { role });
}

/** @throws NotFound */
export async function switchNamed(manager: EntityManager, name: string): Promise<Switch> {
  const found = await manager.findOneBy(Switch, { name });
  if (found === null) throw new NotFound(`no switch ${JSON.stringify(name)}`, ["switch"]);
  return found;
}

async function checkSwitchName(manager: EntityManager, name: string): Promise<void> {
  if (await manager.existsBy(Switch, { name })) throw new Conflict(`there is a switch ${name} already`, ["name"]);
}

function switchColumns(values: SwitchValues): SwitchValues {
  return {
    name: inField(["name"], () => parseName("switch", values.name)),
    managementAddress: addressOf(values.managementAddress),
    systemName: line("systemName", values.systemName, 256),
    chassisId: line("chassisId", values.chassisId, 256),
  };
}

function addressOf(text: string | null): string | null {
  const address = line("managementAddress", text, 255);
  if (address === null || /^(\[[0-9a-f:.]+\]|[0-9a-z][0-9a-z.-]*)(:\d{1,5})?$|^[0-9a-f:.]+$/i.test(address))
    return address;
  throw new InvalidInput(
    `${JSON.stringify(address)} is no address; write 10.0.0.2, [2001:db8::2], sw-a07.example.net or 10.0.0.2:1161`,
    ["managementAddress"],
  );
}

function snmpColumns(vault: Vault, known: string | null, snmp: Snmp) {
  if (snmp === undefined) return {};
  if (snmp === null) return { snmpVersion: null, credentials: null };
  return { snmpVersion: snmp.version, credentials: sealCredentials(vault, known, credentialsOf(snmp)) };
}

export function switchWithId(manager: EntityManager, id: number): Promise<Switch> {
  return manager.findOneByOrFail(Switch, { id });
}
