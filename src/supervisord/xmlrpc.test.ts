import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { decodeResponse } from "./xmlrpc-decode.ts";
import { encodeCall, encodeResponse, type RpcValue } from "./xmlrpc-encode.ts";

const anyText = fc.string({ unit: "binary" });
const anyValue = fc.letrec<{ value: RpcValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    anyText,
    fc.integer(),
    fc.boolean(),
    fc.array(tie("value")),
    fc.dictionary(anyText, tie("value"), { noNullPrototype: true }),
  ),
})).value;

const answer = (inner: string) =>
  `<?xml version='1.0'?>\n<methodResponse>\n<params>\n<param>\n${inner}\n</param>\n</params>\n</methodResponse>\n`;

describe("what supervisord answers", () => {
  test("any value arrives as it was, control characters and line breaks included", () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const decoded = decodeResponse(encodeResponse(value));
        expect("value" in decoded && JSON.stringify(decoded.value)).toBe(JSON.stringify(value));
      }),
    );
  });
  test.each([
    ["<value><string>a\u001b[31m\u0000b\r\nc </string></value>", "a\u001b[31m\u0000b\r\nc "],
    ["<value>bare text</value>", "bare text"],
    ["<value></value>", ""],
    ["<value><string></string></value>", ""],
    ["<value><string>&lt;b&gt; &amp;lt; &#65;&#x1F600;</string></value>", "<b> &lt; A\u{1f600}"],
    ["<value><int>-1</int></value>", -1],
    ["<value><boolean>1</boolean></value>", true],
    ["<value><nil/></value>", null],
    ["<value><array><data>\n</data></array></value>", []],
    ["<value><array><data>\n<value><i4>7</i4></value>\n</data></array></value>", [7]],
  ])("%p is read", (xml, expected) => {
    expect(decodeResponse(answer(xml))).toEqual({ value: expected });
  });
  test("a fault is no value", () => {
    const fault =
      "<value><struct>\n<member>\n<name>faultCode</name>\n<value><int>70</int></value>\n</member>\n" +
      "<member>\n<name>faultString</name>\n<value><string>NOT_RUNNING: x</string></value>\n</member>\n</struct></value>";
    expect(
      decodeResponse(`<?xml version='1.0'?>\n<methodResponse>\n<fault>\n${fault}\n</fault>\n</methodResponse>`),
    ).toEqual({
      fault: { faultCode: 70, faultString: "NOT_RUNNING: x" },
    });
  });
  test.each([
    "",
    "<html>",
    answer("<value><int>x</int></value>"),
    answer("<value><string>a").slice(0, 90),
    answer("<value><thing>1</thing></value>"),
  ])("%p is refused in one line", (xml) => {
    expect(() => decodeResponse(xml)).toThrow(/^Cannot read the answer of supervisord: [^\n]+$/);
  });
  test("a name of a struct cannot reach the prototype of an object", () => {
    const decoded = decodeResponse(encodeResponse(JSON.parse('{"__proto__": {"polluted": 1}}')));
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect("value" in decoded && Object.keys(decoded.value as object)).toEqual(["__proto__"]);
  });
});

test("a call holds its parameters in order", () => {
  expect(encodeCall("supervisor.startProcess", ["a:b<&>", false])).toBe(
    '<?xml version="1.0"?><methodCall><methodName>supervisor.startProcess</methodName><params>' +
      "<param><value><string>a:b&lt;&amp;&gt;</string></value></param><param><value><boolean>0</boolean></value></param></params></methodCall>",
  );
});
