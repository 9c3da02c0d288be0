import { describe, expect, test } from "bun:test";
import { formList } from "./form-list.ts";

const FORM = "application/x-www-form-urlencoded";
const JSON_TYPE = "application/json; charset=utf-8";

const listOf = (type: string, uid: unknown) =>
  formList({ request: new Request("http://hub/", { headers: { "content-type": type } }), body: { uid } }, "uid");

describe("a list of names", () => {
  test.each([
    ["of a form is split at commas", FORM, "a, b,c", ["a", "b", "c"]],
    ["that a form repeats is split as well", FORM, ["a,b", "c"], ["a", "b", "c"]],
    ["that is a text of JSON is split as that of a form", JSON_TYPE, "a,b", ["a", "b"]],
    ["that is an array of JSON is taken as it is", JSON_TYPE, ["h:g,1:p,2", "b", ""], ["h:g,1:p,2", "b"]],
  ])("%s", (_, type, given, names) => expect(listOf(type, given)).toEqual(names));

  test.each([[undefined], [""], [" , "], [[]], [[""]], [7], [{ a: "b" }]])("is missing where %p stands", (given) => {
    expect(() => listOf(JSON_TYPE, given)).toThrow('the field "uid" is missing');
  });
});
