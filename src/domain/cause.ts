/** Why a process entered a state; append only, the history keeps the places. */
export const CAUSES = [
  "user", // somebody asked for it through the hub
  "host", // nobody asked the hub: somebody at the host did
  "autorestart", // supervisord, because it had ended
  "supervisord_start", // supervisord starts what is autostart
  "supervisord_stop", // supervisord ends
  "crash", // it ended, or could not start, and that was not wanted
  "exit", // it ended by itself, as expected
] as const;

export type Cause = (typeof CAUSES)[number];

export const isCause = (text: string): text is Cause => (CAUSES as readonly string[]).includes(text);
