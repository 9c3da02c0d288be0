import { describe, expect, test } from "bun:test";
import { createRoom } from "./room.ts";

describe("room for clients", () => {
  test("one address takes its part and leaves the rest to others", () => {
    const room = createRoom({ all: 3, perAddress: 2 });
    const leave = room.enter("a");
    expect([room.enter("a"), room.enter("a"), room.enter("b"), room.enter("c")].map((one) => one !== null)).toEqual([
      ...[true, false, true, false],
    ]);
    leave?.();
    leave?.();
    expect(room.inside()).toBe(2);
    expect(room.enter("c")).not.toBeNull();
  });

  test("who is not known by address shares what there is", () => {
    const room = createRoom({ all: 3, perAddress: 1 });
    expect([room.enter(""), room.enter(""), room.enter(""), room.enter("")].filter((one) => one !== null)).toHaveLength(
      3,
    );
  });
});
