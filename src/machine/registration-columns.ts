/** The columns of a machine that a report may change, with their types in a JSON parameter. */
export const MACHINE_COLUMNS = {
  id: "integer",
  serial_number: "text",
  manufacturer: "text",
  product: "text",
  uuid: "text",
  board_serial_number: "text",
  asset_tag: "text",
  platform: "text",
  build_arch: "text",
  ipxe_version: "text",
} as const;
export const FACT_COLUMNS = Object.keys(MACHINE_COLUMNS).filter((name) => name !== "id");
