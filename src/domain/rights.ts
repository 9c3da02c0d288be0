import type { Call, CallResult } from "./call.ts";

/**
 * What a host lets hubs do, as `--allow` of its agent says: `read` states and history, read `logs`, act on a `process`
 * (start, stop, restart, signal, write to its stdin, clear its logs), act on the `supervisor` (reread, update, add and remove groups, restart, shutdown).
 */
export const RIGHTS = ["read", "logs", "process", "supervisor"] as const;
export type Right = (typeof RIGHTS)[number];

export const isRight = (text: string): text is Right => RIGHTS.some((right) => right === text);

export function rightOf({ method }: Call): Right {
  switch (method) {
    case "startProcess":
    case "stopProcess":
    case "restartProcess":
    case "signalProcess":
    case "clearProcessLogs":
    case "sendProcessStdin":
      return "process";
    case "avail":
      return "read";
    case "reread":
    case "update":
    case "addGroup":
    case "removeGroup":
    case "restart":
    case "shutdown":
      return "supervisor";
  }
}

const WHAT: Readonly<Record<Right, string>> = {
  read: "reading",
  logs: "reading logs",
  process: "actions on processes",
  supervisor: "actions on supervisord",
};

/** Ends the sentence "Cannot stop web: …". */
export const notPermitted = (right: Right): string => `the host does not permit ${WHAT[right]} (--allow of its agent)`;

const wordsOf = (call: Call): string => {
  const verb = call.method === "clearProcessLogs" ? "clear the logs of" : call.method.replace(/(Process|Group)$/, "");
  if ("namespec" in call) return `${verb} ${call.namespec}`;
  return "group" in call ? `${verb} ${call.group}` : verb;
};

/** Runs the permitted ones of the calls; the answer has one result for each call, in order. */
export async function runPermitted(
  allows: readonly Right[],
  calls: readonly Call[],
  run: (permitted: readonly Call[]) => Promise<readonly CallResult[]>,
): Promise<CallResult[]> {
  const isPermitted = (call: Call) => allows.includes(rightOf(call));
  const permitted = calls.filter(isPermitted);
  const results = permitted.length === 0 ? [] : [...(await run(permitted))];
  return calls.map((call) => (isPermitted(call) ? (results.shift() ?? noAnswer(call)) : refusal(call)));
}

const refusal = (call: Call): CallResult => ({
  ok: false,
  code: "FORBIDDEN",
  message: `Cannot ${wordsOf(call)}: ${notPermitted(rightOf(call))}`,
});

const noAnswer = (call: Call): CallResult => ({
  ok: false,
  code: "BAD_WIRE",
  message: `Cannot tell what became of ${wordsOf(call)}: no answer to it`,
});
