import { shellQuoted } from "../install/template-encoders.js";
import { EVENT_VERSION } from "../placement/option82/dhcp-event.js";

/** More wait only while nobody reads them: with 4 KB each, a full spool is 16 MB. */
export const SPOOL_LIMIT = 4_096;

/**
 * dnsmasq's dhcp-script. A shell's built-ins and one `mv`: after a SIGHUP dnsmasq calls it once for each lease, and starting
 * Node each time takes 120 ms of processor time. A call takes 4 ms; 1.5 ms where nothing is told of a relay, as it then ends before it
 * writes (`/bin/true` takes 1.3 ms); 7.6 ms with 4,000 events that nobody has read. Medians of seven times a hundred calls.
 *
 * @param spool absolute
 */
export function printDhcpEventScript(spool: string): string {
  return `#!/bin/sh
# Written by Kickrack; a change here is overwritten. dnsmasq calls it, see dhcp-script: add|old|del MAC IP HOST.
# It leaves what a relay said (option 82) in Kickrack's spool, the last event of each MAC address, and ends.
case $1 in add | old) ;; *) exit 0 ;; esac
case " $DNSMASQ_TAGS" in *" port:"*) told=tag ;; *) told=$DNSMASQ_CIRCUIT_ID$DNSMASQ_REMOTE_ID$DNSMASQ_SUBSCRIBER_ID ;; esac
[ -n "$told" ] || exit 0
mac=$2
case $mac in *[!0-9A-Fa-f:]* | "") exit 0 ;; esac
cd ${shellQuoted(spool)} 2>/dev/null || { echo "kickrack: no events can be left in" ${shellQuoted(spool)} >&2; exit 1; }
set -- *
[ $# -lt ${SPOOL_LIMIT} ] || { echo "kickrack: nobody reads the events in $PWD, which is full" >&2; exit 1; }
umask 022
set -C
new=.new-$$
if printf '%s\\0' ${EVENT_VERSION} "$mac" "$DNSMASQ_CIRCUIT_ID" "$DNSMASQ_REMOTE_ID" "$DNSMASQ_SUBSCRIBER_ID" "$DNSMASQ_RELAY_ADDRESS" "$DNSMASQ_TAGS" end >"$new"; then
  mv -f "$new" "$mac"
else
  rm -f "$new"
  exit 1
fi
`;
}
