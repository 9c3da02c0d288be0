/**
 * What somebody may do: a viewer reads, an operator acts on processes and supervisors as well, an admin also sees and
 * rereads the hub's own configuration and reads who did what.
 */
export const ROLES = ["viewer", "operator", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** What a route asks of whoever comes; "open": nothing, not even a login. */
export type Need = "open" | "read" | "act" | "admin";

const LEAST: Readonly<Record<Exclude<Need, "open">, Role>> = { read: "viewer", act: "operator", admin: "admin" };

export const isRole = (text: string): text is Role => ROLES.some((role) => role === text);

/** @param role null: nobody is logged in */
export const permits = (role: Role | null, need: Need): boolean =>
  need === "open" || (role !== null && ROLES.indexOf(role) >= ROLES.indexOf(LEAST[need]));
