import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { chmodSync, copyFileSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { multivisor } from "./support/executable.ts";
import { startHub, type TestHub } from "./support/hub.ts";
import { type Relay, startRelay } from "./support/relay.ts";
import { run } from "./support/run.ts";
import { startSupervisord, type TestSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const PROGRAMS = "[program:sleeper]\ncommand=/bin/sleep 1000\nstartsecs=0\n";
const OTHER_PIN = Array.from({ length: 32 }, () => "AB").join(":");

type Link = { status: string; reason: string | null; since: number; allow: string[]; secured: string | null };

let locked: TestSupervisord;
let open: TestSupervisord;
let reader: TestSupervisord;
let hub: TestHub;
let relay: Relay;
let pin: string;
const seenInTheMiddle: string[] = [];
let middle: ReturnType<typeof Bun.serve>;

const agentFlag = async (...args: string[]) => {
  const result = await run(place, multivisor("agent", ...args));
  expect([result.stderr.includes("multivisor:"), result.exitCode]).toEqual([false, 0]);
  return result.stdout;
};
const fingerprintOf = (text: string): string => /^tls_fingerprint=(.+)$/m.exec(text)?.[1] ?? "";

beforeAll(async () => {
  pin = fingerprintOf(await agentFlag("--make-cert", place.path("host")));
  await agentFlag("--make-cert", place.path("other"));
  writeFileSync(place.path("token"), await agentFlag("--new-token"), { mode: 0o600 });
  locked = await startSupervisord(place, {
    name: "locked",
    programs: PROGRAMS,
    agentArgs: [
      ...[
        "--token-file",
        place.path("token"),
        "--tls-cert",
        place.path("host.crt"),
        "--tls-key",
        place.path("host.key"),
      ],
    ],
  });
  open = await startSupervisord(place, { name: "open", programs: PROGRAMS, agentArgs: ["--allow", "read,logs"] });
  reader = await startSupervisord(place, { name: "reader", programs: PROGRAMS, agentArgs: ["--allow", "read"] });
  middle = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    tls: { cert: readFileSync(place.path("other.crt"), "utf8"), key: readFileSync(place.path("other.key"), "utf8") },
    fetch(request) {
      seenInTheMiddle.push(`${request.method} ${request.url} ${request.headers.get("authorization")}`);
      return new Response("", { status: 404 });
    },
  });
  place.defer(() => middle.stop(true));
  relay = await startRelay(place, locked.agentPort);
  const elsewhere = await startRelay(place, locked.agentPort, "127.0.0.2"); // the certificate is not for that address
  const { agentPort } = locked;
  const token = "token_file=token";
  const trusted = `tls=true\ntls_fingerprint=${pin}`;
  hub = await startHub(place, {
    supervisors: [
      { name: "pinned", agentPort, more: `${token}\n${trusted}` },
      { name: "with-ca", agentPort, host: "localhost", more: `${token}\ntls=true\ntls_ca=host.crt` },
      { name: "wrong-pin", agentPort, more: `${token}\ntls=true\ntls_fingerprint=${OTHER_PIN}` },
      { name: "wrong-ca", agentPort, more: `${token}\ntls=true\ntls_ca=other.crt` },
      { name: "no-ca", agentPort, more: `${token}\ntls=true` },
      { name: "wrong-name", agentPort: elsewhere.port, host: "127.0.0.2", more: `${token}\ntls=true\ntls_ca=host.crt` },
      { name: "no-tls", agentPort, host: "agent://127.0.0.1", more: token },
      { name: "no-tls-auto", agentPort, more: token },
      { name: "no-token", agentPort, more: trusted },
      { name: "wrong-token", agentPort, more: `${trusted}\ntoken=wrong` },
      { name: "plain", agentPort: open.agentPort, more: "tls=true" },
      { name: "open", agentPort: open.agentPort },
      { name: "reader", agentPort: reader.agentPort },
      { name: "relayed", agentPort: relay.port, more: `${token}\n${trusted}` },
    ],
  });
}, 60_000);

const linkOf = async (name: string): Promise<Link | undefined> => {
  const { supervisors } = await hub.json<{ supervisors: Record<string, { link: Link }> }>("/api/data");
  return supervisors[name]?.link;
};

/** Until the link is down for a reason with these words, which the API, the page and the log agree on. */
async function downWith(name: string, words: string): Promise<void> {
  const { reason } = await waitFor(
    () => `${name} to be down with "${words}"; log:\n${hub.log()}`,
    async () => {
      const link = await linkOf(name);
      return link?.reason?.includes(words) ? link : null;
    },
  );
  expect(hub.log()).toContain(`${name}: down: ${reason}`);
}

describe("an agent with token and TLS", () => {
  test.each(["pinned", "with-ca"])("is live for a hub that has both: %s", async (name) => {
    await hub.live(name);
    expect(await linkOf(name)).toMatchObject({ status: "live", secured: "token+tls" });
  });

  test.each([
    ["wrong-pin", "its certificate is not the pinned one"],
    ["wrong-ca", "its certificate is not signed by anybody we trust: correct tls_ca, or set tls_fingerprint"],
    ["no-ca", "its certificate is not signed by anybody we trust"],
    ["wrong-name", "its certificate is for another name than the url's"],
    ["no-tls", "it speaks TLS: set tls=true"],
    ["no-tls-auto", "it speaks TLS: set tls=true"],
    ["no-token", "the agent asks for a token: set token or token_file"],
    ["wrong-token", "the agent refuses our token: set token or token_file"],
    ["plain", "it does not speak TLS: start the agent with --tls-cert and --tls-key, or remove tls=true"],
  ])("is down for others, with one clear reason: %s", async (name, words) => {
    await downWith(name, words);
    const { results } = (await (
      await hub.post("/api/process/stop", { uid: `${name}:sleeper:sleeper` }, { accept: "application/json" })
    ).json()) as { results: { ok: boolean; code: string }[] };
    expect(results).toMatchObject([{ ok: false, code: "HOST_UNREACHABLE" }]);
  });

  test("the page says the reason too", async () => {
    const page = await (await hub.get("/")).text();
    expect(page.includes("Host down")).toBe(true);
    expect(/its certificate is not|it speaks TLS|asks for a token|it does not speak TLS/.test(page)).toBe(true);
  });

  test("says in its log who came without the right token, and that it speaks TLS", async () => {
    await waitFor("the agent's log", () => locked.agentLog().includes("Refused a request without the right token"));
    expect(locked.agentLog()).toContain(`with TLS; SHA-256 of the certificate: ${pin}`);
    expect(locked.agentLog()).not.toContain("No token is asked for");
  });

  test("is not given away to somebody in the middle, and is live again when nobody is", async () => {
    await hub.live("relayed");
    relay.to(middle.port ?? 0);
    await downWith("relayed", "its certificate is not");
    expect(seenInTheMiddle).toEqual([]);
    relay.to(locked.agentPort);
    await hub.live("relayed");
  });

  test("is trusted as before after it was started again", async () => {
    const before = await linkOf("pinned");
    process.kill(await locked.pidOf("multivisor:multivisor"), "SIGKILL");
    await waitFor("a new connection", async () => ((await linkOf("pinned"))?.since ?? 0) > (before?.since ?? 0));
    await hub.live("pinned", "with-ca");
  });

  test("takes another certificate at SIGHUP, keeps the old one where the new one is broken", async () => {
    const hup = async () => process.kill(await locked.pidOf("multivisor:multivisor"), "SIGHUP");
    copyFileSync(place.path("host.crt"), place.path("kept.crt"));
    writeFileSync(place.path("host.crt"), "no certificate");
    await hup();
    await waitFor("the complaint", () => locked.agentLog().includes("all stays as it was"));
    await hub.live("pinned");
    copyFileSync(place.path("kept.crt"), place.path("host.crt"));
    copyFileSync(place.path("host.key"), place.path("kept.key"));
    for (const kind of ["crt", "key"]) copyFileSync(place.path(`other.${kind}`), place.path(`host.${kind}`));
    await hup();
    await downWith("pinned", "its certificate is not");
    for (const kind of ["crt", "key"]) copyFileSync(place.path(`kept.${kind}`), place.path(`host.${kind}`));
    await hup();
    await hub.live("pinned");
  });

  test("warns of a token that everybody may read", async () => {
    chmodSync(place.path("token"), 0o644);
    process.kill(await locked.pidOf("multivisor:multivisor"), "SIGHUP");
    await waitFor("the warning", () => locked.agentLog().includes("can be read by everybody on this machine"));
    chmodSync(place.path("token"), 0o600);
  });
});

describe("a host that does not permit actions", () => {
  const post = (path: string, form: Record<string, string>) => hub.post(path, form, { accept: "application/json" });

  test("is shown as one", async () => {
    await hub.live("open", "reader");
    expect(await linkOf("open")).toMatchObject({ secured: "none", allow: ["read", "logs"] });
    const page = await (await hub.get("/?filter=open")).text();
    expect(page.includes("open does not permit actions on processes")).toBe(true);
  });

  test.each([
    ["/api/process/stop", { uid: "open:sleeper:sleeper" }],
    ["/api/process/start", { uid: "open:sleeper:*" }],
    ["/api/supervisor/reread", { supervisor: "open" }],
    ["/api/supervisor/shutdown", { supervisor: "open" }],
  ])("%s answers 403 in words, and nothing is done", async (path, form) => {
    const answer = await post(path, form);
    const { results } = (await answer.json()) as { results: { code: string; message: string }[] };
    expect(answer.status).toBe(403);
    expect(results).toMatchObject([{ code: "FORBIDDEN", message: expect.stringContaining("does not permit") }]);
    expect(await open.stateOf("sleeper:sleeper")).toBe("RUNNING");
  });

  test("where reading alone is permitted, logs are refused", async () => {
    const answer = await hub.get("/api/process/log/out/reader:sleeper:sleeper");
    expect([answer.status, await answer.text()]).toEqual([
      403,
      expect.stringContaining("does not permit reading logs"),
    ]);
    const { status } = await fetch(
      `http://127.0.0.1:${reader.agentPort}/v1/log/page?log=sleeper:sleeper&channel=stdout`,
    );
    expect(status).toBe(403);
    expect((await hub.get("/api/process/log/out/open:sleeper:sleeper")).status).toBe(200);
  });

  test("is so for whoever asks the agent itself", async () => {
    const body = JSON.stringify({
      ...{ id: "x", notAfterMs: Date.now() + 60_000 },
      calls: [{ method: "stopProcess", namespec: "sleeper:sleeper" }],
    });
    const answer = await fetch(`http://127.0.0.1:${open.agentPort}/v1/command`, { method: "POST", body });
    expect(await answer.json()).toMatchObject({ results: [{ ok: false, code: "FORBIDDEN" }] });
    expect(await open.stateOf("sleeper:sleeper")).toBe("RUNNING");
  });
});

test("a pair of certificate and key is never overwritten, and the key is for its owner alone", async () => {
  const before = readFileSync(place.path("other.key"), "utf8");
  const { exitCode, stderr } = await run(place, multivisor("agent", "--make-cert", place.path("other")));
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining("is there already")]);
  expect(readFileSync(place.path("other.key"), "utf8")).toBe(before);
  expect(statSync(place.path("other.key")).mode & 0o777).toBe(0o600);
});

test("tokens are 32 random bytes, one a line, with the advice beside", async () => {
  const { stdout, stderr, exitCode } = await run(place, multivisor("agent", "--new-token"));
  expect([stdout, exitCode]).toEqual([expect.stringMatching(/^[\w-]{43}\n$/), 0]);
  expect(stderr).toContain("--token-file");
});
