import { type Static, type TSchema, Type } from "@sinclair/typebox";
import { about } from "./about.ts";

const Told = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** Of /api/supervisor/avail/:name, one program as supervisord has read it; null: it did not tell. In its own vocabulary. */
export const HubProgram = Type.Object({
  uid: about("supervisor:group:name", Type.String()),
  group: Type.String(),
  name: Type.String(),
  inuse: about("its group is active", Type.Boolean()),
  autostart: Told(Type.Boolean()),
  group_prio: Told(Type.Number()),
  process_prio: Told(Type.Number()),
  command: Told(Type.String()),
  directory: Told(Type.String()),
  os_uid: about("of the user it runs as", Told(Type.Number())),
  startsecs: about("seconds", Told(Type.Number())),
  startretries: Told(Type.Number()),
  stopsignal: about("by number", Told(Type.Number())),
  stopwaitsecs: about("seconds", Told(Type.Number())),
  exitcodes: Told(Type.Array(Type.Number())),
  redirect_stderr: Told(Type.Boolean()),
});
export type HubProgram = Static<typeof HubProgram>;
