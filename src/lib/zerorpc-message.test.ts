import { describe, expect, test } from "bun:test";
import { encode } from "@msgpack/msgpack";
import fc from "fast-check";
import { createIds, decodeMessage, encodeMessage } from "./zerorpc-message.ts";

describe("messages of zerorpc", () => {
  test("a request is the bytes that Python's client sends: ids as bin, names as str", () => {
    const [delimiter, body = new Uint8Array()] = encodeMessage("0".repeat(32), {
      responseTo: null,
      name: "getPID",
      args: [],
    });
    expect(delimiter).toHaveLength(0);
    const hex = Buffer.from(body).toString("latin1");
    expect(hex).toBe(`\x93\x82\xaamessage_id\xc4\x20${"0".repeat(32)}\xa1v\x03\xa6getPID\x90`);
  });
  test("an answer names the request that it is for, as bin or as str", () => {
    const own = "b".repeat(32);
    const header = { message_id: new TextEncoder().encode(own), v: 3 };
    const id = "a".repeat(32);
    for (const response_to of [id, new TextEncoder().encode(id)]) {
      const message = decodeMessage([new Uint8Array(), encode([{ ...header, response_to }, "OK", [1]])]);
      expect(message).toEqual({ id: own, responseTo: id, name: "OK", args: [1] });
    }
  });
  test("anything else is no message, and never an error", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => void decodeMessage([bytes])));
    fc.assert(fc.property(fc.jsonValue(), (value) => void decodeMessage([encode(value)])));
    expect(decodeMessage([])).toBeNull();
    expect(decodeMessage([encode([{ __proto__: null, v: 3 }, "OK", [], 4])])).toBeNull();
  });
  test("ids are 32 characters and never the same", () => {
    const next = createIds();
    const ids = Array.from({ length: 1_000 }, next);
    expect(new Set(ids).size).toBe(1_000);
    expect(ids.every((id) => /^[0-9a-f]{32}$/.test(id))).toBe(true);
  });
});
