/** Of the contract in agent.ts; apart, so that the agent need not load the schemas. */
export const PROTOCOL_VERSION = 1;
export const DEFAULT_AGENT_PORT = 9_002;
export const HEARTBEAT_MS = 5_000;
/** A peer that was silent for this long is gone. */
export const SILENCE_MS = 15_000;
/** Calls in one command at most. */
export const MAX_CALLS = 1_000;
