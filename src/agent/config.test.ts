import { describe, expect, test } from "bun:test";
import { RIGHTS } from "../domain/rights.ts";
import { parseAgentConfig } from "./config.ts";

const env = { SUPERVISOR_SERVER_URL: "unix:///run/s.sock", HOME: "/home/u", SUPERVISOR_GROUP_NAME: "mv" };

describe("the agent's configuration", () => {
  test("without flags listens everywhere on 9002, for everyone, and asks the supervisord that started it", async () => {
    expect(await parseAgentConfig({}, env)).toMatchObject({
      door: { bind: { hostname: "0.0.0.0", port: 9_002 }, token: null, tls: null, allows: RIGHTS },
      logLevel: "INFO",
      self: { group: "mv", name: "multivisor" },
      rpc: { serverUrl: "unix:///run/s.sock" },
    });
  });
  test.each([
    [{ STATE_DIRECTORY: "/srv/state:/other" }, ["/srv/state"]],
    [{ XDG_STATE_HOME: "/xdg" }, ["/xdg/multivisor"]],
    [{}, ["/var/lib/multivisor", "/home/u/.local/state/multivisor"]],
  ])("with %j the journal is in %j, one file for each supervisord", async (more, folders) => {
    const paths = async (url: string) =>
      (await parseAgentConfig({}, { ...env, ...more, SUPERVISOR_SERVER_URL: url })).journalPaths;
    const [one, other] = [await paths("unix:///a"), await paths("unix:///b")];
    expect(one.map((path) => path.replace(/\/agent-mv-[0-9a-f]{8}\.sqlite$/, ""))).toEqual(folders);
    expect(one).not.toEqual(other);
  });
  test("a supervisord without RPC server still has its events kept", async () => {
    expect((await parseAgentConfig({}, {})).rpc).toBeNull();
  });
  test("credentials of supervisord and the token come from the environment", async () => {
    const secrets = { SUPERVISOR_USERNAME: "u", SUPERVISOR_PASSWORD: "p", MULTIVISOR_AGENT_TOKEN: " t\n" };
    const config = await parseAgentConfig({}, { ...env, ...secrets });
    expect([config.rpc, config.door.token]).toEqual([
      { serverUrl: "unix:///run/s.sock", username: "u", password: "p" },
      "t",
    ]);
  });
  test("what it allows is some of the rights, in their own order", async () => {
    expect((await parseAgentConfig({ allow: "process, read" }, env)).door.allows).toEqual(["read", "process"]);
  });
  test.each([
    [{ bind: "a:b:c" }, "--bind: cannot read the address"],
    [{ "log-level": "LOUD" }, "--log-level is one of"],
    [{ "token-file": "/nowhere/token" }, "--token-file: "],
    [{ "tls-cert": "/a.crt" }, "--tls-cert without --tls-key"],
    [{ "tls-cert": "/nowhere/a.crt", "tls-key": "/nowhere/a.key" }, "--tls-cert: cannot read /nowhere/a.crt"],
    [{ allow: "read,write" }, '--allow takes read,logs,process,supervisor or some of them, not "write"'],
  ])("%j is refused with the flag's name", async (flags, message) => {
    expect(await parseAgentConfig(flags, env).catch((error) => error)).toMatchObject({
      code: "BAD_CONFIG",
      message: expect.stringContaining(message),
    });
  });
});
