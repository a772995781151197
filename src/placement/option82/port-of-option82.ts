import type { Sighting } from "../../machine/sighting.entity.js";
import type { KnownSwitch, PortMap } from "../floor/port-map.js";
import { portKey } from "../switch/port-name.js";
import { readCircuitId, readRemoteId } from "./circuit-id.js";

type Told = Pick<Sighting, "systemName" | "chassisId" | "portId" | "portDescription" | "portName">;

/**
 * Which switch and port a relay means. The switch: whom the remote id names, else whom the circuit id names, else the relay's
 * address. The port: what is said word for word, else the one word or number that is a port of that switch; of two, none.
 */
export function portOfOption82(
  ports: PortMap,
  { systemName: relay, chassisId: remoteId, portId: circuitId, portDescription: subscriberId, portName }: Told,
): { readonly known: KnownSwitch | undefined; readonly port: string } {
  const circuit = circuitId === null ? undefined : readCircuitId(circuitId);
  const words = circuit?.words ?? [];
  const known =
    ports.switchCalled(...(remoteId === null ? [] : readRemoteId(remoteId))) ??
    ports.switchCalled(...words) ??
    (relay === null ? undefined : ports.switchAt(relay));
  const whole = [portName, circuitId, subscriberId].filter((each) => each !== null);
  const port = known && ports.placedPort(known.id, whole.map(portKey), words.map(portKey), circuit?.numbers ?? null);
  return { known, port: port ?? whole[0] ?? "" };
}
