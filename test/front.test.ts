import { afterAll, describe, expect, test } from "bun:test";
import { X509Certificate } from "node:crypto";
import { statSync, writeFileSync } from "node:fs";
import { connect } from "node:tls";
import { selfSignedCertificate } from "../src/lib/self-signed-certificate.ts";
import { multivisor } from "./support/executable.ts";
import { startHub } from "./support/hub.ts";
import { run } from "./support/run.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

describe("behind a reverse proxy", () => {
  const GLOBAL = "trusted_proxies=127.0.0.1\nlogin_header=X-Remote-User\nlogin_role=viewer\n[user:ann]\nrole=admin\n";

  test("its header logs in: those who are known with their rights, others with login_role", async () => {
    const hub = await startHub(place, { supervisors: [], global: GLOBAL });
    const as = (name: string, more: Record<string, string> = {}) => ({ "x-remote-user": name, ...more });
    const who = async (headers: Record<string, string>) => (await hub.get("/api/auth", { headers })).json();
    expect(await who(as("ann"))).toMatchObject({ user: "ann", role: "admin" });
    expect(await who(as("eve"))).toMatchObject({ user: "eve", role: "viewer" });
    expect(await who({})).toMatchObject({ is_authenticated: false });
    expect((await hub.get("/api/data")).status).toBe(401);
    const basic = { authorization: `Basic ${btoa("ann:")}` };
    expect((await hub.get("/api/data", { headers: basic })).status).toBe(401);
    expect((await hub.get("/api/admin/reload", { headers: as("ann") })).status).toBe(405);
    const cross = as("ann", { origin: "https://evil.example" });
    expect((await hub.post("/api/admin/reload", {}, cross)).status).toBe(403);
    await hub.post("/api/admin/reload", {}, as("ann", { "x-forwarded-for": "198.51.100.9" }));
    const { items } = (await (await hub.get("/api/audit", { headers: as("ann") })).json()) as { items: object[] };
    expect(items[0]).toMatchObject({ what: "reload", user: "ann", address: "198.51.100.9" });
  });
});

describe("TLS on the hub itself", () => {
  const write = (name: string) => {
    const { certificate, key } = selfSignedCertificate(["localhost"], Date.now());
    writeFileSync(place.path("hub.crt"), certificate);
    writeFileSync(place.path("hub.key"), key);
    return { name, fingerprint: new X509Certificate(certificate).fingerprint256 };
  };
  const presented = (port: number) =>
    new Promise<string>((resolve, reject) => {
      const socket = connect({ host: "127.0.0.1", port, rejectUnauthorized: false }, () => {
        resolve(socket.getPeerCertificate().fingerprint256);
        socket.destroy();
      });
      socket.once("error", reject);
    });

  test("a new certificate is taken at SIGHUP, and who follows the stream does not notice", async () => {
    const first = write("first");
    const conf = place.path("tls.conf");
    writeFileSync(conf, "[global]\nname=x\nusername=root\npassword=x\ntls_cert=hub.crt\ntls_key=hub.key\n");
    const port = 20_000 + (process.pid % 20_000);
    const words = multivisor("hub", "-c", conf, "--bind", `127.0.0.1:${port}`, "--db", place.path("tls.sqlite"));
    const child = Bun.spawn(words, { env: place.env, stdin: "ignore", stdout: "ignore", stderr: "ignore" });
    place.defer(() => child.kill("SIGKILL"));
    await waitFor("the hub", async () => (await presented(port)) === first.fingerprint);
    const headers = { authorization: `Basic ${btoa("root:x")}` };
    const tls = { rejectUnauthorized: false };
    const login = await fetch(`https://127.0.0.1:${port}/api/login`, {
      ...{ method: "POST", body: new URLSearchParams({ username: "root", password: "x" }), tls },
    });
    expect(login.headers.get("set-cookie")).toEndWith("; Secure");
    const stream = await fetch(`https://127.0.0.1:${port}/api/stream`, { headers, tls });
    const reader = stream.body?.getReader();
    await reader?.read();
    const second = write("second");
    child.kill("SIGHUP");
    await waitFor("the new one", async () => (await presented(port)) === second.fingerprint);
    expect((await reader?.read())?.done).toBe(false);
    writeFileSync(place.path("hub.key"), "nonsense");
    const broken = await fetch(`https://127.0.0.1:${port}/api/admin/reload`, { method: "POST", headers, tls });
    expect(broken.status).toBe(422);
    expect(await presented(port)).toBe(second.fingerprint);
  });
});

describe("--bind unix:/PATH", () => {
  const modes = (...paths: string[]) => paths.map((path) => statSync(path).mode & 0o777);

  test("serves through a socket that nobody else can use, also after a crash", async () => {
    const conf = place.path("unix.conf");
    const socket = place.path("hub.sock");
    writeFileSync(conf, "[global]\nname=by socket\n");
    for (const end of ["SIGKILL", "SIGTERM"] as const) {
      const words = multivisor("hub", "-c", conf, "--bind", `unix:${socket}`, "--db", place.path("unix.sqlite"));
      const child = Bun.spawn(words, { env: place.env, stdin: "ignore", stdout: "ignore", stderr: "ignore" });
      place.defer(() => child.kill("SIGKILL"));
      await waitFor(
        "the socket",
        async () => (await fetch("http://localhost/api/data", { unix: socket })).status === 200,
      );
      const data = (await (await fetch("http://localhost/api/data", { unix: socket })).json()) as { name: string };
      expect(data.name).toBe("by socket");
      const second = ["hub", "-c", conf, "--bind", `unix:${socket}`, "--db", place.path("other.sqlite")];
      const { exitCode, stderr } = await run(place, multivisor(...second));
      expect([exitCode, stderr]).toEqual([2, expect.stringContaining("another program does")]);
      expect(modes(place.path("unix.sqlite"), place.path("unix.audit.sqlite"), socket)).toEqual([0o600, 0o600, 0o660]);
      child.kill(end);
      await child.exited;
    }
  });
});
