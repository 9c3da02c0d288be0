import { describe, expect, test } from "bun:test";
import { matchesFilter, parseFilter } from "../../domain/filter.ts";
import { filterValue } from "../filter-value.ts";
import { completions, knownWords } from "./filter-words.ts";

const known = knownWords(["lid001:PLC:wcid00a", "lid001:PLC:wcid00b", "web-01:my group:gunicorn"]);
const labels = (text: string, caret = text.length) => completions(text, caret, known).map(({ label }) => label);
const first = (text: string, caret = text.length) => completions(text, caret, known)[0];

describe("completion of a filter", () => {
  test("an empty word offers what can be asked for", () => {
    expect(labels("")).toEqual(["state:", "group:", "host:", "name:"]);
    expect(labels("PLC ")).toEqual(["state:", "group:", "host:", "name:"]);
  });

  test("states, groups, hosts and names come from the fleet", () => {
    expect(labels("state:st")).toEqual(["stopped", "starting", "stopping"]);
    expect(labels("group:")).toEqual(["PLC", "my group"]);
    expect(labels("host:0")).toEqual(["lid001", "web-01"]);
    expect(labels("-name:wcid")).toEqual(["-wcid00a", "-wcid00b"]);
  });

  test("a plain word finds what bears it", () => {
    expect(first("plc")).toMatchObject({ label: "PLC", aside: "group", text: "group:PLC ", caret: 10 });
  });

  test("what holds a space is quoted, and goes on where the caret is", () => {
    expect(first("group:my")).toMatchObject({ text: 'group:"my group" ' });
    expect(first('group:"my')).toMatchObject({ text: 'group:"my group" ' });
    expect(first("host:we state:fatal", 7)).toMatchObject({ text: "host:web-01 state:fatal", caret: 12 });
  });

  test("behind a comma another one is completed", () => {
    expect(first("state:fatal,ba")).toMatchObject({ label: "backoff", text: "state:fatal,backoff " });
    expect(first('group:"my group",P')).toMatchObject({ text: 'group:"my group",PLC ' });
  });

  test.each(["PLC", "my group", "a,b", 'say "x"', "a[b]c", "[x", "50%*", "-name:demo", "'", "L".repeat(10_000)])(
    "what is completed as group:%p finds that group",
    (group) => {
      const text = `group:${filterValue(group)}`;
      const subject = {
        uid: `h:${group}:n`,
        supervisor: "h",
        group,
        name: "n",
        state: "RUNNING",
        trouble: false,
      } as const;
      expect(matchesFilter(parseFilter(text), subject)).toBe(true);
      expect(matchesFilter(parseFilter(text), { ...subject, group: "other" })).toBe(false);
    },
  );

  test("what is complete offers nothing, and what is no field neither", () => {
    expect(labels("state:fatal")).toEqual([]);
    expect(labels("lid001:PLC")).toEqual([]);
  });
});
