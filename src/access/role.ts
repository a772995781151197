/** Each role may do what the ones before it may. */
export const ROLES = ["VIEWER", "OPERATOR", "PROVISIONER", "ADMINISTRATOR"] as const;
export type Role = (typeof ROLES)[number];

export function mayActAs(role: Role, required: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(required);
}
