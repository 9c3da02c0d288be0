import { afterAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { version } from "../package.json";
import fixture from "../test/fixtures/api-data.json";

/** A hub that answers one thing; `/locked` asks for a password. */
const hub = Bun.serve({
  port: 0,
  hostname: "127.0.0.1",
  fetch(request) {
    const { pathname } = new URL(request.url);
    const isNamed = request.headers.get("authorization") === `Basic ${btoa("ann:secret")}`;
    if (pathname === "/locked/api/data" && !isNamed) return new Response("{}", { status: 401 });
    if (pathname === "/broken/api/data") return Response.json({ name: "x", supervisors: { a: 1 } });
    if (pathname === "/html/api/data") return new Response("<!doctype html>");
    return pathname.endsWith("/api/data") ? Response.json(fixture) : new Response("", { status: 404 });
  },
});
const url = `http://127.0.0.1:${hub.port}`;
afterAll(() => hub.stop(true));

async function multivisor(words: string[], env: Record<string, string> = {}) {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, "main.ts"), ...words], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [out, err] = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()]);
  return { out, err, code: await child.exited };
}

describe("multivisor", () => {
  test("says its version", async () => {
    expect(await multivisor(["--version"])).toEqual({ out: `${version}\n`, err: "", code: 0 });
    expect(await multivisor(["cli", "status", "--version"])).toEqual({ out: `${version}\n`, err: "", code: 0 });
  });

  test("explains each command, in plain text where nobody looks", async () => {
    const { out, code } = await multivisor(["cli", "status", "--help"]);
    expect(code).toBe(0);
    expect(out).toContain("multivisor cli status [OPTIONS] [PATTERN…]");
    expect(out).not.toContain("\x1b");
  });

  test.each([
    [["hubb"], 'multivisor: unknown command "hubb": did you mean "hub"?\n'],
    [["cli", "status", "--jsno"], "multivisor: unknown option --jsno: did you mean --json?\n"],
    [["cli", "status", "--url"], "multivisor: --url needs a value\n"],
    [
      ["cli", "status", "--url", "ftp://x"],
      "multivisor: --url: cannot read the address of the hub: expected host:port or http(s)://host:port/path\n",
    ],
  ])("says in one line what is mistaken in %p", async (words, err) => {
    expect(await multivisor(words)).toEqual({ out: "", err, code: 2 });
  });
});

describe("multivisor cli status", () => {
  test("asks the hub and prints rows", async () => {
    const { out, err, code } = await multivisor(["cli", "--url", url, "status", "P201"]);
    expect(out).toMatch(/^lid002:Counter:P201 {14}RUNNING {3}pid 16483, uptime [\w ,:]+\n$/);
    expect({ err, code }).toEqual({ err: "", code: 0 });
  });

  test("takes the address from MULTIVISOR_URL, and any number of patterns", async () => {
    const answer = await multivisor(["cli", "status", "exits_2s", "P201", "nosuch"], { MULTIVISOR_URL: url });
    expect(answer.out.split("\n")).toHaveLength(4);
    expect(answer.code).toBe(3);
  });

  test("prints JSON", async () => {
    const { out } = await multivisor(["cli", "status", "--json", "--url", url, "Counter:*"]);
    expect(JSON.parse(out).map((p: { name: string }) => p.name)).toEqual([
      "exit_1s_restart",
      "exits_10s",
      "exits_2s",
      "P201",
    ]);
  });

  test("speaks HTTP Basic and follows a base path", async () => {
    const named = url.replace("://", "://ann:secret@");
    expect(await multivisor(["cli", "--url", `${url}/locked`, "status"])).toEqual({
      out: "",
      err: "multivisor: Server requires authentication: multivisor cli login\n",
      code: 1,
    });
    expect((await multivisor(["cli", "--url", `${named}/locked/`, "status", "P201"])).code).toBe(0);
  });

  test("says when nobody listens", async () => {
    const free = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response() });
    const nobody = `http://127.0.0.1:${free.port}`;
    await free.stop(true);
    expect(await multivisor(["cli", "--url", nobody, "status"])).toEqual({
      out: "",
      err: `multivisor: ${nobody} refused connection\n`,
      code: 4,
    });
  });

  test.each(["/broken", "/html"])("does not mistake what %s answers for a hub's data", async (path) => {
    const { out, err, code } = await multivisor(["cli", "--url", url + path, "status", "P201"]);
    expect({ out, code, lines: err.split("\n").length }).toEqual({ out: "", code: 1, lines: 2 });
  });
});
