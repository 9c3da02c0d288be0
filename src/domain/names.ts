/** A supervisor's name is the section name of multivisor.conf: `lid001` of `[supervisor:lid001]`. */
export type SupervisorName = string;

/** `group:name`, the way supervisord itself addresses a process; the same for every host that runs the same program. */
export type Namespec = `${string}:${string}`;

/** `supervisor:group:name`, unique over the fleet. */
export type ProcessUid = `${string}:${string}:${string}`;

export const namespec = (group: string, name: string): Namespec => `${group}:${name}`;

export const nameOf = ({ group, name }: { readonly group: string; readonly name: string }): Namespec =>
  namespec(group, name);

export const processUid = (supervisor: SupervisorName, group: string, name: string): ProcessUid =>
  `${supervisor}:${group}:${name}`;

/**
 * A supervisor's name may hold colons, supervisord forbids them in group and process names (supervisor/options.py):
 * so read from the end.
 * @returns null where the text has fewer than two colons
 */
export function parseUid(uid: string): { supervisor: SupervisorName; group: string; name: string } | null {
  const last = uid.lastIndexOf(":");
  const middle = uid.lastIndexOf(":", last - 1);
  if (last <= 0 || middle <= 0) return null;
  return { supervisor: uid.slice(0, middle), group: uid.slice(middle + 1, last), name: uid.slice(last + 1) };
}
