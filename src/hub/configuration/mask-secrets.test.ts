import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { maskSecrets } from "./mask-secrets.ts";

describe("maskSecrets hides", () => {
  test.each([
    [
      "a password",
      "[global]\nname=x\npassword=hunter2\nusername=ann",
      "[global]\nname=x\npassword=********\nusername=ann",
    ],
    ["whatever its spelling", "[global]\n  PassWord : a#b ; c  ", "[global]\n  PassWord : ********  "],
    [
      "a token, not the place of its file",
      "[g]\ntoken=abc\ntoken_file=/etc/t",
      "[g]\ntoken=********\ntoken_file=/etc/t",
    ],
    [
      "continuation lines",
      "[g]\npassword=a\n  b\n\n  c\nname=d",
      "[g]\npassword=********\n  ********\n\n  ********\nname=d",
    ],
    ["a value that begins on the next line", "[g]\npassword=\n  b", "[g]\npassword=\n  ********"],
    ["a password with = and :", "[g]\npassword=a=b:c", "[g]\npassword=********"],
    ["what was commented out", "#password=x\n;token = y", "#password=********\n;token = ********"],
    ["its continuation", "# password=x\n#   y\n# z: 1", "# password=********\n#   ********\n# z: 1"],
    ["user and password of urls", "[s]\nurl=http://u:p@h:1/RPC2", "[s]\nurl=http://********@h:1/RPC2"],
    ["of urls without a scheme", "[s]\nurl=u:p@h:1", "[s]\nurl=********@h:1"],
    ["with @ and / in the password", "[s]\nurl=http://u:p@/@h", "[s]\nurl=http://********@h"],
    ["of urls anywhere", "# was https://u:p@h, now h", "# was https://********@h, now h"],
    [
      "what a secret refers to",
      "[DEFAULT]\npw=x\nother=y\n[g]\npassword=%(PW)s!",
      "[DEFAULT]\npw=********\nother=y\n[g]\npassword=********",
    ],
    [
      "what a url's password refers to",
      "[s]\npw=%(q)s\nq=x\nurl=http://u:%(pw)s@h",
      "[s]\npw=********\nq=********\nurl=http://********@h",
    ],
    ["a line that lost its indent", "[g]\npassword=a\nb", "[g]\npassword=********\n********"],
  ])("%s", (_, text, expected) => {
    expect(maskSecrets(text)).toBe(expected);
  });
});

describe("maskSecrets leaves alone", () => {
  test.each([
    "",
    "[supervisor:a.b]\r\nurl = a:9002\r\n\r\n# remark # remark\r\n",
    "[g]\nname = # not a comment ; at all\t\n\n\n  x",
    "\uFEFF[g]\nusername=ann@example.org",
    "[g]\n#password=\n[h]\n   # a remark",
  ])("%j", (text) => {
    expect(maskSecrets(text)).toBe(text);
  });
});

test("a masked file masked again is the same", () => {
  const line = fc.constantFrom(
    "[g]",
    "password=x",
    "  y",
    "#token: a",
    "# b",
    "url=http://a:b@c",
    "a=%(q)s",
    "q=1",
    "",
    "z",
  );
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const once = maskSecrets(lines.join("\n"));
      expect(maskSecrets(once)).toBe(once);
      expect(once.split("\n")).toHaveLength(Math.max(1, lines.length));
    }),
  );
});
