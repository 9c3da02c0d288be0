import { MultivisorError } from "../domain/errors.ts";

export type EventHeader = {
  /** counts the events of one run of supervisord, over all pools */
  readonly serial: number;
  /** the event listener section's name */
  readonly pool: string;
  /** counts the events of one pool; starts at 0 with each start or restart of supervisord */
  readonly poolserial: number;
  readonly eventname: string;
  /** of the payload, in Unicode code points */
  readonly length: number;
};

/**
 * `ver:3.0 server:<identifier> serial:21 pool:listener poolserial:10 eventname:PROCESS_STATE_EXITED len:84`.
 * The identifier may hold spaces and colons, so the fields after it are sought from the end.
 * @throws MultivisorError BAD_WIRE
 */
export function parseEventHeader(line: string): EventHeader {
  const match = / serial:(\d+) pool:([^ ]*) poolserial:(\d+) eventname:([^ ]+) len:(\d+)\s*$/.exec(line);
  if (match === null) throw new MultivisorError("BAD_WIRE", `Cannot read the event header "${line.slice(0, 200)}"`);
  const [, serial, pool = "", poolserial, eventname = "", length] = match;
  return { serial: Number(serial), pool, poolserial: Number(poolserial), eventname, length: Number(length) };
}
