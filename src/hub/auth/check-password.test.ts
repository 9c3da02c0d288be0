import { expect, test } from "bun:test";
import { findUser } from "./check-password.ts";

const SHA1_OF_TEST = "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3";
const argon2 = await Bun.password.hash("test", { algorithm: "argon2id", memoryCost: 8, timeCost: 1 });

test.each([
  ["plain text", "test"],
  ["{SHA}", `{SHA}${SHA1_OF_TEST}`],
  ["{SHA} in capitals", `{SHA}${SHA1_OF_TEST.toUpperCase()}`],
  ["argon2id", argon2],
])("a password kept as %s lets in who knows name and password, and nobody else", async (_, password) => {
  const login = (username: string, given: string) =>
    findUser({ username, password: given }, [{ username: "ann", password }]).then((user) => user !== null);
  expect(await login("ann", "test")).toBe(true);
  expect(await login("ann", "Test")).toBe(false);
  expect(await login("ann", "")).toBe(false);
  expect(await login("ann", password)).toBe(password === "test");
  expect(await login("bob", "test")).toBe(false);
  expect(await login("", "")).toBe(false);
});

test("an argon2id hash that is broken lets nobody in", async () => {
  expect(await findUser({ username: "a", password: "x" }, [{ username: "a", password: "$argon2id$x" }])).toBeNull();
});
