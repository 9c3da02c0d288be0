import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { connect, type Socket } from "node:net";
import fc from "fast-check";
import { startHub, type TestHub } from "./support/hub.ts";
import { startSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const PROGRAMS = "[program:a]\ncommand=/bin/sh -c \"echo '<script>alert(1)</script>'; sleep 1000\"\nstartsecs=0\n";

let hub: TestHub;
let cookie: string;
const root = { authorization: `Basic ${btoa("root:x")}` };
beforeAll(async () => {
  const host = await startSupervisord(place, { name: "lid001", programs: PROGRAMS });
  const odd = { name: 'x"><img src=x onerror=alert(1)>', agentPort: 1 };
  hub = await startHub(place, { supervisors: [host, odd], global: "username=root\npassword=x\n" });
  const login = await hub.post("/api/login", { username: "root", password: "x" });
  cookie = (login.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const running = async () => (await (await hub.get("/api/process/list", { headers: root })).text()).includes(":a:a");
  await waitFor("a to run", running);
}, 60_000);

const alive = async () => (await hub.get("/api/data", { headers: root })).status;

describe("a page of another site", () => {
  const paths = [
    "/api/process/stop",
    "/api/supervisor/shutdown",
    "/api/admin/reload",
    "/api/login",
    "/api/logout",
    "/login",
  ];
  test.each(paths)("cannot POST %s with the browser's cookie", async (path) => {
    for (const from of [{ origin: "https://evil.example" }, { origin: "null" }, { "sec-fetch-site": "cross-site" }])
      expect((await hub.post(path, { uid: "*", supervisor: "*" }, { cookie, ...from })).status).toBe(403);
  });

  test.each(["/api/stream", "/live/groups", "/api/process/log/out/tail/lid001:a:a", "/api/admin/reload"])(
    "cannot open %s",
    async (path) => {
      const headers = { cookie, "sec-fetch-site": "cross-site", origin: "https://evil.example" };
      expect((await hub.get(path, { headers })).status).toBe(403);
    },
  );

  test("is told nothing by way of CORS", async () => {
    const answer = await hub.get("/api/data", { headers: { ...root, origin: "https://evil.example" } });
    expect([...answer.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
  });
});

describe("a session", () => {
  test("that somebody else chose is never taken up", async () => {
    const [name = ""] = cookie.split("=");
    const chosen = `${name}=${"a".repeat(32)}.99999999999.cm9vdA.${"b".repeat(43)}`;
    expect((await hub.get("/api/data", { headers: { cookie: chosen } })).status).toBe(401);
    const login = await hub.post("/api/login", { username: "root", password: "x" }, { cookie: chosen });
    const given = (login.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
    expect([given.startsWith(`${name}=`), given === chosen]).toEqual([true, false]);
  });

  test("of before ends where its cookie logs in again", async () => {
    const first = (await hub.post("/api/login", { username: "root", password: "x" })).headers.get("set-cookie") ?? "";
    const old = { cookie: first.split(";")[0] ?? "" };
    await hub.post("/api/login", { username: "root", password: "x" }, old);
    expect((await hub.get("/api/data", { headers: old })).status).toBe(401);
  });

  test("for a user or a time other than signed is none", async () => {
    const [name = "", value = ""] = cookie.split("=");
    const [id, expires, who, signature] = value.split(".");
    const forged = [
      [id, `${Number(expires) + 1}`, who, signature],
      [id, expires, btoa("admin"), signature],
      [id, expires, who, ""],
      [id, expires, who],
    ];
    for (const parts of forged)
      expect((await hub.get("/api/data", { headers: { cookie: `${name}=${parts.join(".")}` } })).status).toBe(401);
  });
});

describe("names", () => {
  test.each([
    "/api/process/log/out/..%2f..%2f..%2fetc%2fpasswd",
    "/api/process/log/out/lid001:a:..%2f..%2fetc%2fpasswd",
    "/api/process/log/..%2fout/lid001:a:a",
    "/api/process/log/out/download/lid001:a:%0d%0aset-cookie:%20x",
    "/assets/..%2f..%2fmultivisor.conf",
    "/api/process/info/%00",
  ])("%s leads nowhere", async (path) => {
    const answer = await hub.get(path, { headers: root });
    expect([400, 404]).toContain(answer.status);
    expect(answer.headers.get("set-cookie")).toBeNull();
    expect(await answer.text()).not.toContain("root:");
  });

  test("that hold HTML are text on the page, and logs are never HTML", async () => {
    for (const path of ["/", "/processes", "/?filter=%3Cscript%3Ealert(1)%3C/script%3E", "/nothing/%3Cscript%3E"]) {
      const html = await (await hub.get(path, { headers: { ...root, accept: "text/html" } })).text();
      expect(html).not.toMatch(/<script>alert|<img src=x/);
    }
    const log = await hub.get("/api/process/log/out/download/lid001:a:a", { headers: root });
    expect(log.headers.get("content-type")).toStartWith("text/plain");
    expect(log.headers.get("x-content-type-options")).toBe("nosniff");
  });

  test("after the login lead to pages of ours alone", async () => {
    for (const next of ["//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example"]) {
      const answer = await hub.post("/login", { username: "root", password: "x", next });
      expect([answer.status, answer.headers.get("location")]).toEqual([303, "/"]);
    }
  });
});

describe("bodies and requests that are too large or broken", () => {
  const post = (body: BodyInit, type: string) =>
    hub.get("/api/process/stop", { method: "POST", body, headers: { ...root, "content-type": type } });

  test.each([
    ["{", "application/json"],
    ["null", "application/json"],
    ["[[[[", "application/json"],
    ['{"uid": {"__proto__": {"x": 1}}}', "application/json"],
    [`${"[".repeat(100_000)}`, "application/json"],
    ["uid", "application/x-www-form-urlencoded"],
    ["__proto__=x&constructor=y", "application/x-www-form-urlencoded"],
    ["--x\r\nnonsense", "multipart/form-data; boundary=x"],
    ["x", "multipart/form-data"],
    ["uid=x", "text/html; charset=\u0001".replace("\u0001", "x")],
  ])("%# answers 4xx", async (body, type) => {
    const { status } = await post(body, type);
    expect([400, 404, 415]).toContain(status);
  });

  test("a body above 1 MiB is refused", async () => {
    expect((await post("x".repeat(2_000_000), "application/json")).status).toBe(413);
    expect(await alive()).toBe(200);
  });

  test("headers without end are refused", async () => {
    const answer = await hub
      .get("/api/data", { headers: { ...root, "x-long": "x".repeat(200_000) } })
      .catch(() => null);
    expect([null, 400, 431]).toContain(answer?.status ?? null);
    expect(await alive()).toBe(200);
  });

  test.each(["/api/stream", "/live/groups", "/live/logs?log=out,lid001:a:a", "/api/process/log/out/tail/lid001:a:a"])(
    "HEAD %s is answered, and opens no stream",
    async (path) => {
      expect((await hub.get(path, { method: "HEAD", headers: root })).status).toBe(200);
      const figures = await (await hub.get("/metrics?processes=0", { headers: root })).text();
      expect(figures).toContain("multivisor_stream_readers 0\n");
    },
  );

  test("a filter that would make a regular expression think for hours is answered at once", async () => {
    const evil = `${"*a".repeat(200)}b`;
    for (const path of [`/api/history?uid=${evil}`, `/?filter=${evil}`, `/api/process/list?filter=${evil}`])
      expect((await hub.get(path, { headers: root })).status).toBe(200);
    const words = Array.from({ length: 51 }, (_, i) => `-${i}`).join("+");
    for (const path of ["/", "/processes", "/api/process/list", "/api/stream"])
      expect((await hub.get(`${path}?filter=${words}`, { headers: root })).status).toBe(400);
    const stop = await hub.post("/api/process/stop", { uid: evil, dry_run: "1" }, root);
    expect(stop.status).toBe(200);
  });
});

test("whatever is asked, nothing crashes and nothing answers 500", async () => {
  const paths = ["/api/process/info/", "/api/process/log/out/", "/api/actions/", "/api/history?", "/api/stream?", "/"];
  const piece = fc.string({ unit: "binary", maxLength: 30 }).map((text) => encodeURIComponent(text.toWellFormed()));
  const name = fc.constantFrom("filter", "events", "uid", "cursor", "from", "limit", "last_event_id");
  const query = fc.tuple(name, piece).map(([key, value]) => `${key}=${value}`);
  const path = fc.tuple(fc.constantFrom(...paths), fc.oneof(piece, query)).map((parts) => parts.join(""));
  const header = fc.stringMatching(/^[\x21-\x7e]{0,40}$/);
  await fc.assert(
    fc.asyncProperty(path, header, fc.constantFrom("GET", "POST", "PUT", "DELETE"), async (where, value, method) => {
      const stop = new AbortController();
      const headers = { ...root, "last-event-id": value, "x-forwarded-for": value, cookie: `multivisor-x=${value}` };
      const answer = await hub.get(where, { method, headers, redirect: "manual", signal: stop.signal });
      stop.abort();
      expect(answer.status).toBeLessThan(500);
    }),
    { numRuns: 300 },
  );
  expect(await alive()).toBe(200);
});

test("a thousand connections that never finish their request keep nobody waiting", async () => {
  const sockets: Socket[] = [];
  const open = () =>
    new Promise<void>((resolve, reject) => {
      const socket = connect(hub.port, "127.0.0.1", () => {
        socket.write("POST /api/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n");
        resolve();
      });
      socket.once("error", reject);
      sockets.push(socket);
    });
  try {
    for (let i = 0; i < 20; i++) await Promise.all(Array.from({ length: 50 }, open));
    for (let i = 0; i < 20; i++) expect(await alive()).toBe(200);
  } finally {
    for (const socket of sockets) socket.destroy();
  }
});
