import { describe, expect, test } from "bun:test";
import { summaryWords, whereWords } from "./action-words.ts";

const ok = (uid: string) => ({ uid, ok: true });
const down = (uid: string) => ({ uid, ok: false, code: "HOST_UNREACHABLE", message: "lid002 is down" });

describe("what is said of an action", () => {
  test("a single process that stopped needs no words, its row shows it", () => {
    expect(summaryWords("stop", [ok("a:b:c")])).toBeNull();
  });

  test("partial failure is said with numbers and the reason, once", () => {
    const results = [
      ...Array.from({ length: 12 }, (_, i) => ok(`lid001:g:p${i}`)),
      down("lid002:g:a"),
      down("lid002:g:b"),
    ];
    expect(summaryWords("stop", results)).toBe("Stopped 12 of 14. 2 failed: lid002 is down");
  });

  test("what goes on is not called refused", () => {
    const pending = (uid: string) => ({
      uid,
      ok: false,
      code: "TIMEOUT",
      message: "after 30 s it is STOPPING",
      pending: true,
    });
    expect(summaryWords("stop", [pending("a:b:c")])).toBe("a:b:c: still stopping");
    expect(summaryWords("stop", [ok("a:b:a"), pending("a:b:c")])).toBe("Stopped 1 of 2. 1 still stopping.");
  });

  test("a code stands in where there is no message", () => {
    expect(summaryWords("start", [{ uid: "a:b:c", ok: false, code: "SPAWN_ERROR" }])).toBe(
      "a:b:c: Not started: SPAWN_ERROR",
    );
  });

  test("one host is named, several are counted", () => {
    expect(whereWords(["lid001", "lid001"])).toBe("on lid001");
    expect(whereWords(["lid001", "lid002"])).toBe("on 2 hosts");
  });
});
