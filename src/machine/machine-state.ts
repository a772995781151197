/** The life of a machine. `locked` is a flag beside it: a locked machine keeps its state and boots its local disk. */
export const MACHINE_STATES = ["DISCOVERED", "READY", "ARMED", "INSTALLING", "INSTALLED", "FAILED", "RETIRED"] as const;

export type MachineState = (typeof MACHINE_STATES)[number];
