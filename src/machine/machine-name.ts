/** What people call a machine: its host name, else its serial number, else its id. */
export function machineName(machine: {
  readonly id: number;
  readonly hostname: string | null;
  readonly serialNumber: string | null;
}): string {
  return machine.hostname ?? machine.serialNumber ?? `Machine:${machine.id}`;
}
