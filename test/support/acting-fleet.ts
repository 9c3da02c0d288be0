import { startSupervisord } from "./supervisord.ts";
import type { TestPlace } from "./test-place.ts";

export const SLEEPS = "command=/bin/sleep 1000\nstartsecs=0\n";
/** Ends one second and a half after it is told to. */
const SLOW = `command=/bin/sh -c "trap 'sleep 1.5; exit 0' TERM; while :; do sleep 0.1; done"\nstartsecs=0\n`;

/** A group of which one is quick, one slow to stop and one cannot be started; and one more program. */
export const ACTING_PROGRAMS = `
[program:quick]
${SLEEPS}
[program:slow]
${SLOW}
[program:gone]
command=/nowhere/gone
autostart=false
startretries=0
[group:mygroup]
programs=quick,slow,gone
[program:other]
${SLEEPS}`;

/** root may do all, vera only look, otto act on the group alone; the password of each is x. */
export const ACTING_USERS =
  "username=root\npassword=x\n[user:vera]\npassword=x\nrole=viewer\n[user:otto]\npassword=x\nrole=operator\nfilter=group:my*\n";

export const loginOf = (user: string) => ({ authorization: `Basic ${btoa(`${user}:x`)}` });

/** Two hosts with these programs. @param more programs of the first */
export async function startActingFleet(place: TestPlace, more = "") {
  const [host, other] = await Promise.all([
    startSupervisord(place, { name: "lid001", programs: ACTING_PROGRAMS + more, recorder: false }),
    startSupervisord(place, { name: "lid002", programs: ACTING_PROGRAMS, recorder: false }),
  ]);
  return { host, other };
}
