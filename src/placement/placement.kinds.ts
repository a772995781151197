import { entityKind } from "../changes/entity-kind.js";
import { told8 } from "../install/parameters.js";
import { Switch, SwitchPort } from "./switch.entity.js";

/** What a scan finds is an observation and no change. Of credentials it is told that they are others now. */
export const switchKind = entityKind("Switch", Switch, (each) => {
  const { name, managementAddress, systemName, chassisId, snmpVersion, credentials } = each;
  const secret = credentials === null ? null : told8({ sealed: credentials });
  return { name, managementAddress, systemName, chassisId, snmpVersion, credentials: secret };
});

export const switchPortKind = entityKind(
  "SwitchPort",
  SwitchPort,
  (port) => ({ switch: port.switch.name, name: port.name, role: port.role }),
  { switch: true },
);
