// net0 to net7: a server with more ports is told by those it has named before.
const PORTS = Array.from({ length: 8 }, (_, i) => `&mac${i}=\${net${i}/mac:hexhyp}`).join("");

/**
 * SNreg.ipxe: reports what SMBIOS says and goes on with the answer. The path is the article's; the query is what iPXE
 * can tell besides. A setting that a build does not know expands to nothing, and so does LLDP where nothing was heard.
 */
export function printRegistrationScript(base: string): string {
  return `#!ipxe
set tries:int32 0
set bootmac \${netX/mac}
isset \${bootmac} || set bootmac \${mac}
:again
isset \${netX/ip} || dhcp || goto failed
chain --replace --autofree ${base}/inventory/\${serial:uristring}/\${bootmac}/\${manufacturer:uristring}/\${product:uristring}?uuid=\${uuid}&asset=\${asset:uristring}&board=\${board-serial:uristring}&platform=\${platform}&arch=\${buildarch}&version=\${version:uristring}${PORTS}&lldp_system=\${netX.lldp/5.0.0.0:uristring}&lldp_chassis=\${netX.lldp/1.0.1.0:hexhyp}&lldp_port=\${netX.lldp/2.0.1.0:uristring}&lldp_port_description=\${netX.lldp/4.0.0.0:uristring} ||
:failed
inc tries
iseq \${tries} 60 && goto give_up ||
echo Kickrack: no answer to the registration. Next try in 10 seconds.
sleep 10
goto again
:give_up
echo Kickrack: no answer for ten minutes, going on with the next boot device
exit 1
`;
}
