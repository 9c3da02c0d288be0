type Check = (value: unknown) => boolean;
const text: Check = (value) => typeof value === "string";
const integer: Check = (value) => Number.isInteger(value);
const bool: Check = (value) => typeof value === "boolean";
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const object: Check = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** Names of the fields that are missing or of another type. More fields are allowed. */
const misfits = (checks: Record<string, Check>, value: unknown): string[] =>
  Object.entries(checks)
    .filter(([name, check]) => !check((value as Record<string, unknown>)[name]))
    .map(([name]) => name);

/** A Process of Multivisor 6. */
export const processShape = (value: unknown): string[] =>
  misfits(
    {
      ...{ uid: text, full_name: text, group: text, name: text, supervisor: text, host: text, statename: text },
      ...{ state: integer, pid: integer, start: integer, stop: integer, now: integer, exitstatus: integer },
      ...{ running: bool, spawnerr: text, description: text },
      ...{ logfile: text, stdout_logfile: text, stderr_logfile: text },
    },
    value,
  );

/** A Supervisor of Multivisor 6. */
export const supervisorShape = (value: unknown): string[] =>
  misfits(
    {
      ...{ name: text, url: text, host: text, running: bool, pid: orNull(integer), processes: object },
      ...{ identification: orNull(text), api_version: orNull(text), supervisor_version: orNull(text) },
      version: (field) => field === null || text(field),
    },
    value,
  );
