import { describe, expect, test } from "bun:test";
import { parseEvent } from "./event-payload.ts";

const web = { group: "web", name: "web_01" };
const head = "processname:web_01 groupname:web";

describe("payload of", () => {
  test.each([
    ["PROCESS_STATE_STARTING", `${head} from_state:STOPPED tries:0`, { ...web, fromState: "STOPPED", tries: 0 }],
    ["PROCESS_STATE_RUNNING", `${head} from_state:STARTING pid:2766`, { ...web, fromState: "STARTING", pid: 2766 }],
    ["PROCESS_STATE_BACKOFF", `${head} from_state:STARTING tries:1`, { ...web, fromState: "STARTING", tries: 1 }],
    ["PROCESS_STATE_STOPPING", `${head} from_state:RUNNING pid:2766`, { ...web, fromState: "RUNNING", pid: 2766 }],
    [
      "PROCESS_STATE_EXITED",
      `${head} from_state:RUNNING expected:0 pid:2766`,
      { ...web, fromState: "RUNNING", expected: false, pid: 2766 },
    ],
    ["PROCESS_STATE_STOPPED", `${head} from_state:BACKOFF pid:0`, { ...web, fromState: "BACKOFF", pid: null }],
    ["PROCESS_STATE_FATAL", `${head} from_state:BACKOFF`, { ...web, fromState: "BACKOFF" }],
    ["PROCESS_STATE_UNKNOWN", `${head} from_state:RUNNING`, { ...web, fromState: "RUNNING" }],
    ["PROCESS_LOG_STDOUT", `${head} pid:1 channel:stdout\na b:c\nd`, { ...web, pid: 1, data: "a b:c\nd" }],
    ["PROCESS_COMMUNICATION_STDERR", `${head} pid:1\n pid:2 x`, { ...web, pid: 1, data: " pid:2 x" }],
    ["REMOTE_COMMUNICATION", "type:my type: x\nfrom_state:a\n\nb", { type: "my type: x", data: "from_state:a\n\nb" }],
    ["SUPERVISOR_STATE_CHANGE_STOPPING", "", {}],
    ["TICK_5", "when:1795375505", { whenMs: 1_795_375_505_000 }],
    ["PROCESS_GROUP_ADDED", "groupname:web\n", { group: "web" }],
  ])("%s", (eventname, payload, expected) => {
    expect(parseEvent(eventname, payload)).toEqual({ eventname, ...expected } as never);
  });
  test("a type that supervisord does not have yet is passed over", () => {
    expect(parseEvent("PROCESS_STATE_SLEEPING", head)).toBeNull();
    expect(parseEvent("constructor", head)).toBeNull();
  });
  test("a payload without a field names it", () => {
    expect(() => parseEvent("PROCESS_STATE_FATAL", head)).toThrow("no from_state");
  });
});
