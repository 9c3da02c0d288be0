import { describe, expect, test } from "bun:test";
import { createTokenGuard } from "./token-guard.ts";

/** A guard whose waits end when the test says so, and whose minute is over when the test says so. */
function scene(token: string | null = "right") {
  const lines: string[] = [];
  const waits: { ms: number; end: () => void }[] = [];
  let minute: (() => void) | null = null;
  const guard = createTokenGuard({
    token,
    log: { warn: (line) => lines.push(line) },
    sleep: (ms) => new Promise((end) => waits.push({ ms, end })),
    every: (_, act) => {
      minute = act;
      return () => {
        minute = null;
      };
    },
  });
  const admit = (authorization: string | null, address = "10.0.0.7") =>
    guard.admit(authorization, address).then(
      () => "in",
      (error) => error.code,
    );
  const endWaits = () => {
    for (const { end } of waits.splice(0)) end();
  };
  return { admit, lines, waits, endWaits, passMinute: () => minute?.(), reports: () => minute !== null };
}

describe("a guard with a token", () => {
  test("lets in who has it, and nobody else", async () => {
    const { admit, endWaits } = scene();
    expect(await admit("Bearer right")).toBe("in");
    for (const wrong of [null, "", "right", "Bearer wrong", "Bearer right ", "bearer right", "Basic right"]) {
      const answer = admit(wrong);
      endWaits();
      expect(await answer).toBe("UNAUTHORIZED");
    }
  });
  test("answers wrong ones the later the more came, up to a second", () => {
    const { admit, waits } = scene();
    for (let i = 0; i < 8; i++) void admit("Bearer wrong");
    expect(waits.map(({ ms }) => ms)).toEqual([50, 100, 200, 400, 800, 1_000, 1_000, 1_000]);
  });
  test("does not make right ones wait for wrong ones, from elsewhere or from beside", async () => {
    const { admit } = scene();
    for (let i = 0; i < 10; i++) void admit("Bearer wrong");
    expect([await admit("Bearer right", "10.0.0.8"), await admit("Bearer right")]).toEqual(["in", "in"]);
  });
  test("does not look at the 17th that comes while 16 wrong ones wait", async () => {
    const { admit, endWaits } = scene();
    for (let i = 0; i < 16; i++) void admit("Bearer wrong");
    expect(await admit("Bearer right")).toBe("FORBIDDEN");
    endWaits();
    await Promise.resolve();
    expect(await admit("Bearer right")).toBe("in");
    for (let i = 0; i < 16; i++) void admit("Bearer wrong");
    expect(await admit("Bearer right")).toBe("in"); // it was right before: nobody beside it can lock it out
  });
  test("says so at once, then once a minute with address and count, and no more when it is quiet", () => {
    const { admit, lines, endWaits, passMinute, reports } = scene();
    for (let i = 0; i < 5; i++) void admit("Bearer wrong");
    void admit(null, "10.0.0.8");
    expect(lines).toEqual([
      "Refused a request without the right token from 10.0.0.7",
      "Refused a request without the right token from 10.0.0.8",
    ]);
    endWaits();
    passMinute();
    expect(lines.slice(2)).toEqual(["Refused 4 requests without the right token from 10.0.0.7 within a minute"]);
    return Promise.resolve().then(() => {
      passMinute();
      passMinute();
      expect([lines.length, reports()]).toEqual([3, false]);
    });
  });
  test("remembers a thousand addresses at most", () => {
    const { admit, lines, passMinute } = scene();
    for (let i = 0; i < 3_000; i++) {
      void admit(null, `10.1.${i >> 8}.${i & 255}`);
      void admit(null, `10.1.${i >> 8}.${i & 255}`);
    }
    lines.length = 0;
    passMinute();
    expect(lines).toHaveLength(21);
    expect(lines.at(-1)).toBe("Refused the like from 980 more networks");
  });
});

test("a guard without a token lets everyone in", async () => {
  expect(await scene(null).admit(null)).toBe("in");
});
