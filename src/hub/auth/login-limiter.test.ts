import { expect, test } from "bun:test";
import { createLoginLimiter } from "./login-limiter.ts";

function fixture() {
  let nowMs = 1_000_000;
  const limiter = createLoginLimiter(() => nowMs);
  const fail = (count: number, address: string, name: string) =>
    Array.from({ length: count }, () => limiter.take(address, name)).filter((wait) => wait === null).length;
  return { limiter, fail, pass: (ms: number) => (nowMs += ms) };
}

test("ten wrong tries from one address, then one every 30 s", () => {
  const { limiter, fail, pass } = fixture();
  expect(fail(12, "10.0.0.1", "ann")).toBe(10);
  expect(limiter.take("10.0.0.1", "bob")).toBe(30_000);
  expect(limiter.take("10.0.0.2", "ann")).toBeNull();
  pass(30_000);
  expect(fail(2, "10.0.0.1", "ann")).toBe(1);
});

test("fifty wrong tries for one name from wherever", () => {
  const { fail } = fixture();
  const taken = Array.from({ length: 60 }, (_, i) => fail(1, `10.0.0.${i}`, "ann")).filter((n) => n === 1);
  expect(taken).toHaveLength(50);
  expect(fail(1, "10.0.1.1", "bob")).toBe(1);
});

test("right ones cost nothing", () => {
  const { limiter, fail } = fixture();
  for (let i = 0; i < 100; i++) {
    expect(limiter.take("10.0.0.1", "ann")).toBeNull();
    limiter.giveBack("10.0.0.1", "ann");
  }
  expect(fail(12, "10.0.0.1", "ann")).toBe(10);
});

test("the addresses of one IPv6 network are one; an IPv4 address is the same in IPv6 clothes", () => {
  const { fail } = fixture();
  expect(fail(10, "2001:db8:1:2:3:4:5:6", "a")).toBe(10);
  expect(fail(1, "2001:db8:1:2:ffff::1", "a")).toBe(0);
  expect(fail(1, "2001:db8:1:3::1", "a")).toBe(1);
  expect(fail(10, "::ffff:10.0.0.1", "b")).toBe(10);
  expect(fail(1, "10.0.0.1", "b")).toBe(0);
});
