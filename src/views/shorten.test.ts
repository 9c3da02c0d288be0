import { describe, expect, test } from "bun:test";
import { shortenMiddle, splitForMiddle } from "./shorten.ts";

describe("a long name", () => {
  test("keeps both of its ends", () => {
    expect(shortenMiddle("acquisition_worker_for_camera_17", 13)).toBe("acquis…era_17");
  });

  test("is left alone where it fits", () => {
    expect(shortenMiddle("wcid00a", 7)).toBe("wcid00a");
    expect(splitForMiddle("wcid00a")).toEqual(["wcid00a", ""]);
  });

  test("of a few letters more than fit keeps what tells it from the next one", () => {
    expect(splitForMiddle("basler_mbv3-0")).toEqual(["basler_mb", "v3-0"]);
    expect(splitForMiddle("basler_mbv3-0", 14)).toEqual(["basler_mbv3-0", ""]);
  });

  test("of 10 KB does not reach the page whole", () => {
    const [head, tail] = splitForMiddle("x".repeat(10_000));
    expect(head.length + tail.length).toBe(120);
  });

  test("cannot pass for another one by turning its direction", () => {
    expect(splitForMiddle("\u202egnp.exe")).toEqual(["\ufffdgnp.exe", ""]);
  });

  test("is never cut into half a character", () => {
    const [head, tail] = splitForMiddle("😀".repeat(100));
    expect((head + tail).isWellFormed()).toBe(true);
  });
});
