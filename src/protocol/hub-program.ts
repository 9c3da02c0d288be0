import { type Static, type TSchema, Type } from "@sinclair/typebox";

const Told = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** Of /api/supervisor/avail/:name, one program as supervisord has read it; null: it did not tell. In its own vocabulary. */
export const HubProgram = Type.Object({
  /** supervisor:group:name */
  uid: Type.String(),
  group: Type.String(),
  name: Type.String(),
  /** its group is active */
  inuse: Type.Boolean(),
  autostart: Told(Type.Boolean()),
  group_prio: Told(Type.Number()),
  process_prio: Told(Type.Number()),
  command: Told(Type.String()),
  directory: Told(Type.String()),
  /** of the user it runs as */
  os_uid: Told(Type.Number()),
  /** seconds */
  startsecs: Told(Type.Number()),
  startretries: Told(Type.Number()),
  /** by number */
  stopsignal: Told(Type.Number()),
  /** seconds */
  stopwaitsecs: Told(Type.Number()),
  exitcodes: Told(Type.Array(Type.Number())),
  redirect_stderr: Told(Type.Boolean()),
});
export type HubProgram = Static<typeof HubProgram>;
