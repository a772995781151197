// RFC 3418, 2863, 4188, 4363; IEEE 802.1AB and 802.3ad; CISCO-VTP-MIB.
export const OID = {
  sysObjectId: "1.3.6.1.2.1.1.2.0",
  sysName: "1.3.6.1.2.1.1.5.0",
  ifDescr: "1.3.6.1.2.1.2.2.1.2",
  ifName: "1.3.6.1.2.1.31.1.1.1.1",
  ifAlias: "1.3.6.1.2.1.31.1.1.1.18",
  dot1dBasePortIfIndex: "1.3.6.1.2.1.17.1.4.1.2",
  dot1dTpFdbPort: "1.3.6.1.2.1.17.4.3.1.2",
  dot1dTpFdbStatus: "1.3.6.1.2.1.17.4.3.1.3",
  dot1qTpFdbPort: "1.3.6.1.2.1.17.7.1.2.2.1.2",
  dot1qTpFdbStatus: "1.3.6.1.2.1.17.7.1.2.2.1.3",
  dot1qVlanFdbId: "1.3.6.1.2.1.17.7.1.4.2.1.3",
  lldpLocChassisId: "1.0.8802.1.1.2.1.3.2.0",
  lldpLocPortId: "1.0.8802.1.1.2.1.3.7.1.3",
  lldpLocPortDesc: "1.0.8802.1.1.2.1.3.7.1.4",
  lldpRemSysName: "1.0.8802.1.1.2.1.4.1.1.9",
  lldpRemSysCapEnabled: "1.0.8802.1.1.2.1.4.1.1.12",
  dot3adAggPortAttachedAggId: "1.2.840.10006.300.43.1.2.1.1.13",
  vtpVlanState: "1.3.6.1.4.1.9.9.46.1.3.1.1.2",
} as const;

/** The enterprise number of Cisco. */
export const CISCO = "1.3.6.1.4.1.9.";
/** dot1dTpFdbStatus and dot1qTpFdbStatus: an address of the switch itself, and one that was set by hand. */
export const SELF = 4;
