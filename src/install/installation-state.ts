/** One run of one profile on one machine. ARMED and INSTALLING are open, the others final. */
export const INSTALLATION_STATES = ["ARMED", "INSTALLING", "DONE", "FAILED", "DISARMED", "EXPIRED"] as const;
export type InstallationState = (typeof INSTALLATION_STATES)[number];
