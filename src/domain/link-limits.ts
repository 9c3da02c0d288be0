import type { LinkKind } from "./supervisor.ts";

const WITHOUT_AGENT = [
  "no CPU and memory of processes",
  "no last words of a process that died",
  "of logs only the file that is being written",
] as const;

const LIMITS: Readonly<Record<LinkKind, readonly string[]>> = {
  agent: [],
  xmlrpc: ["the history is sampled: what comes and goes between two looks is not seen", ...WITHOUT_AGENT],
  zerorpc: ["what happens while the hub is away is not known afterwards", ...WITHOUT_AGENT],
};

/** What a link cannot do that our own agent can: for people, who may want to install it there. */
export const linkLimits = (kind: LinkKind): readonly string[] => LIMITS[kind];
