import { describe, expect, test } from "bun:test";
import { readConfiguration, readConfigurationFile } from "./read-configuration.ts";

const read = (text: string, files: Record<string, string> = {}) =>
  readConfiguration(text, "/etc/multivisor.conf", (path) => {
    const content = files[path];
    if (content === undefined) throw new Error(`ENOENT: no such file or directory, open '${path}'`);
    return content;
  });
const errorOf = (text: string, files: Record<string, string> = {}): string => {
  try {
    read(text, files);
  } catch (error) {
    expect(error).toMatchObject({ code: "BAD_CONFIG" });
    return (error as Error).message;
  }
  throw new Error("no error");
};
const supervisorOf = (text: string, files?: Record<string, string>) => read(text, files).configuration.supervisors[0];

describe("a file of Multivisor 6", () => {
  const { configuration, warnings } = read(
    "[global]\nname=ACME\nusername=ann\npassword={SHA}a94a8fe5ccb19ba61c4c0873d391e987982fbbd3\n" +
      "[supervisor:lid001]\nurl=localhost:9012\n[supervisor:lid002]\nurl=tcp://:9022\n[supervisor:bugsbunny.acme.org]\n",
  );
  test("is read as it stands", () => {
    expect(configuration.name).toBe("ACME");
    expect(configuration.hideAgents).toBe(false);
    expect(configuration.accounts.users[0]?.username).toBe("ann");
    expect(configuration.supervisors.map(({ name, url, host }) => [name, url, host])).toEqual([
      ["lid001", "localhost:9012", "localhost"],
      ["lid002", "lid002:9022", "lid002"],
      ["bugsbunny.acme.org", "bugsbunny.acme.org:9002", "bugsbunny.acme.org"],
    ]);
    expect(configuration.supervisors[1]?.address).toEqual({ scheme: "auto", hostname: "lid002", port: 9_022 });
  });
  test("is warned of its weak password", () => {
    expect(warnings).toEqual([expect.stringContaining("/etc/multivisor.conf:4: a SHA-1 password")]);
  });
  test("gives /api/data its globals without the login", () => {
    expect(configuration.globals).toEqual({ name: "ACME" });
  });
});

test("an empty file is a hub named multivisor without supervisors, which is warned of", () => {
  const { configuration, warnings } = read("");
  expect(configuration).toMatchObject({ name: "multivisor", accounts: { users: [], tokens: [] }, supervisors: [] });
  expect(warnings).toEqual([expect.stringContaining("add a section [supervisor:NAME]")]);
});

describe("urls", () => {
  test.each([
    ["", "auto", "n:9002"],
    ["h", "auto", "h:9002"],
    ["h:1", "auto", "h:1"],
    [":1", "auto", "n:1"],
    ["tcp://h", "auto", "h:9002"],
    ["[::1]:5", "auto", "[::1]:5"],
    ["agent://h", "agent", "agent://h:9002"],
    ["zerorpc://h:1", "zerorpc", "zerorpc://h:1"],
    ["http://h:9001", "http", "http://h:9001"],
    ["HTTP://u:p@h:9001/RPC2", "http", "http://h:9001"],
    ["https://h/x/RPC2", "https", "https://h:443/x/RPC2"],
    ["unix:///run/s.sock", "unix", "unix:///run/s.sock"],
    ["unix://u:p@/run/s.sock", "unix", "unix:///run/s.sock"],
  ])("%s is reached by %s and shown as %s", (url, scheme, shown) => {
    const supervisor = supervisorOf(`[supervisor:n]\nurl=${url}`);
    expect([supervisor?.address.scheme, supervisor?.url]).toEqual([scheme, shown] as never);
  });

  test("user and password of a url go to the secrets, decoded", () => {
    const supervisor = supervisorOf("[supervisor:n]\nurl=http://ann:p%%40s@s/:x@h:9001");
    expect(supervisor?.secrets.basic).toEqual({ username: "ann", password: "p@s@s/:x" });
    expect(supervisor?.host).toBe("h");
  });
  test("or are given by keys, where a password needs no encoding", () => {
    const supervisor = supervisorOf("[supervisor:n]\nurl=http://h:9001\nusername=ann\npassword=a#b%%c");
    expect(supervisor?.secrets.basic).toEqual({ username: "ann", password: "a#b%c" });
  });
});

describe("tokens", () => {
  const GLOBAL = "[global]\ntoken=all\n";
  test.each([
    ["none", "[supervisor:n]", null],
    ["of [global]", `${GLOBAL}[supervisor:n]`, "all"],
    ["of [DEFAULT]", "[DEFAULT]\ntoken=every\n[supervisor:n]", "every"],
    ["its own before others", `${GLOBAL}[supervisor:n]\ntoken=own`, "own"],
    ["of a file beside the configuration", `${GLOBAL}[supervisor:n]\ntoken_file=tok`, "of-file"],
    ["its own token before the file of [DEFAULT]", "[DEFAULT]\ntoken_file=tok\n[supervisor:n]\ntoken=own", "own"],
  ])("%s", (_, text, token) => {
    expect(supervisorOf(text, { "/etc/tok": "of-file\n" })?.secrets.token).toBe(token);
  });
});

describe("an error names file, line and remedy:", () => {
  test.each([
    ["[global]\nusername=ann", ":2: username without password"],
    ["[global]\npassword=x", ":2: password without username"],
    ["[global]\nusername=a\npassword={SHA}x", ":3: cannot read the {SHA} password"],
    ["[global]\nusername=a\npassword=$argon2id$x", ":3: cannot read the argon2id hash"],
    ["[global]\nhide_agents=maybe", ':2: "maybe" for "hide_agents"; use true or false'],
    ["[supervisor:n]\nurl=h:99999", ":2: port 99999"],
    ["[supervisor:n]\nurl=h:0", ":2: port 0"],
    ["[supervisor:n]\nurl=h:x", ':2: cannot read the url "h:x"'],
    ["[supervisor:n]\nurl=ftp://h", ':2: the url\'s scheme "ftp://" is not known'],
    ["[supervisor:n]\nurl=unix://x.sock", ":2: a unix url without an absolute path"],
    ["[supervisor:n]\nurl=h:1/RPC2", ":2: a path in the url of an agent"],
    ["\n[supervisor:a b]", ":2: the url names no host"],
    ["[supervisor:]", ":1: [supervisor:] has no name"],
    ["[supervisor:a]\n[supervisor: a]", ':2: the supervisor "a" is there twice, first in line 1'],
    ["[supervisor:a]\n[supervisor:a]", ":2: section [supervisor:a] is there twice, first in line 1"],
    ["[supervisor:a]\ntoken_file=/no", ":2: cannot read the token file /no: ENOENT"],
    ["[supervisor:a]\ntoken_file=empty", ":2: the token file /etc/empty does not hold one token"],
    ["[supervisor:a]\ntoken=a\ntoken_file=b", ":3: token and token_file are both set"],
    ["[supervisor:a]\nurl=%(x)s", ":2: "],
    ["[supervisor:a", ":1: "],
  ])("%j", (text, message) => {
    const error = errorOf(text, { "/etc/empty": "" });
    expect(error).toStartWith("/etc/multivisor.conf:");
    expect(error).toContain(message);
    expect(error).toContain(";");
  });

  test("no error repeats what stands before the @ of a url", () => {
    for (const url of ["http://u:hunter2@h:x", "ftp://u:hunter2@h", "u:hunter2@h:0"])
      expect(errorOf(`[supervisor:n]\nurl=${url}`)).not.toContain("hunter2");
  });

  test("a file that is not there", () => {
    expect(() => readConfigurationFile("/no/such.conf")).toThrow(
      /^Cannot read the configuration \/no\/such\.conf: .*ENOENT.*; create it or name another with -c$/,
    );
  });
});

describe("warnings name file, line and what was meant:", () => {
  const SUPERVISOR = "[supervisor:n]";
  test.each([
    [`[global]\nnmae=x\n${SUPERVISOR}`, ':2: the key "nmae" is not known and has no effect; did you mean "name"?'],
    [`${SUPERVISOR}\nurll=x`, ':2: the key "urll" is not known and has no effect; did you mean "url"?'],
    [`${SUPERVISOR}\nzzzzzz=x`, "known are url, token, token_file, tls, tls_ca, tls_fingerprint, username, password"],
    [`[DEFAULT]\ntokn=x\n${SUPERVISOR}`, ':2: the key "tokn" is not known and has no effect; did you mean "token"?'],
    [
      `[supervizor:a]\n${SUPERVISOR}`,
      ":1: the section [supervizor:a] is not known and has no effect; did you mean [supervisor:a]?",
    ],
    [`[Global]\n${SUPERVISOR}`, "did you mean [global]?"],
    [`[program:cat]\n${SUPERVISOR}`, "known are [global], [supervisor:NAME], [user:NAME] and [token:NAME]"],
    [
      "[supervisor:a]\nurl=h:1\n[supervisor:b]\nurl=H:1",
      ':3: "b" and "a" have the same address H:1; give each its own',
    ],
    [`[global]\nusername=a\npassword=b\n${SUPERVISOR}`, ":3: the password is plain text"],
  ])("%j", (text, message) => {
    const { warnings } = read(text);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toStartWith("/etc/multivisor.conf:");
    expect(warnings[0]).toContain(message);
  });

  test("keys that others refer to are not unknown", () => {
    expect(read("[DEFAULT]\nport=1\n[supervisor:n]\ndomain=acme.org\nurl=n.%(domain)s:%(port)s").warnings).toEqual([]);
  });
});
