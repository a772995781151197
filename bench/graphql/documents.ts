/** The same page of machines from Kickrack and from PostGraphile, each in its own names. */
export interface Dialect {
  readonly page: string;
  /** What both say of a machine, in one form. */
  content(data: unknown): Page;
}

export interface Page {
  readonly machines: readonly string[];
  readonly hasNextPage: boolean;
  readonly endCursor: string;
}

interface Connection<T> {
  readonly machines: {
    readonly nodes: readonly T[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  };
}

interface Common {
  readonly id: string;
  readonly serialNumber: string;
  readonly hostname: string;
  readonly state: string;
}

interface OurMachine extends Common {
  readonly ethernetInterfaces: ReadonlyArray<{ readonly macAddress: string }>;
  readonly shelf: { readonly unit: number; readonly rack: { readonly name: string } } | null;
}

export const kickrack: Dialect = {
  page: `query ($after: String) { machines(first: 100, after: $after) {
    nodes { id serialNumber hostname state ethernetInterfaces { macAddress } shelf { unit rack { name } } }
    pageInfo { hasNextPage endCursor } } }`,
  content: (data) =>
    pageOf(data as Connection<OurMachine>, ({ ethernetInterfaces, shelf }) => [
      ethernetInterfaces.map(({ macAddress }) => macAddress),
      shelf === null ? null : [shelf.unit, shelf.rack.name],
    ]),
};

interface TheirMachine extends Common {
  readonly ethernetInterfaces: ReadonlyArray<{ readonly macAddress: string }>;
  readonly shelf: { readonly unitHalfU: number; readonly rack: { readonly name: string } } | null;
}

export const postgraphile: Dialect = {
  page: `query ($after: Cursor) { machines: allMachines(first: 100, after: $after) {
    nodes { id serialNumber hostname state ethernetInterfaces: ethernetInterfacesByMachineIdList { macAddress }
      shelf: shelfByMachineId { unitHalfU rack: rackByRackId { name } } }
    pageInfo { hasNextPage endCursor } } }`,
  content: (data) =>
    pageOf(data as Connection<TheirMachine>, ({ ethernetInterfaces, shelf }) => [
      ethernetInterfaces.map(({ macAddress }) => macAddress),
      shelf === null ? null : [shelf.unitHalfU / 2, shelf.rack.name],
    ]),
};

/** The ids are each server's own; that they are there is all that can be compared. */
function pageOf<T extends Common>({ machines }: Connection<T>, more: (machine: T) => unknown[]): Page {
  return {
    machines: machines.nodes.map((machine) => {
      const { id, serialNumber, hostname, state } = machine;
      return JSON.stringify([id !== "", serialNumber, hostname, state, ...more(machine)]);
    }),
    ...machines.pageInfo,
  };
}
