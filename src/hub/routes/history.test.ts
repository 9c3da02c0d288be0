import { expect, test } from "bun:test";
import { Value } from "@sinclair/typebox/value";
import { Elysia } from "elysia";
import { createLogger } from "../../lib/logger.ts";
import { HistoryPage } from "../../protocol/hub.ts";
import { openStore } from "../store/open-store.ts";
import { historyRoutes } from "./history.ts";
import { httpErrors } from "./http-errors.ts";

const log = createLogger("ERROR");
const EVERYBODY = { name: null, role: "admin", access: null } as const;

async function get(path: string): Promise<{ status: number; body: unknown }> {
  const store = openStore(":memory:", { log, now: Date.now });
  store.append("lid001", "e", [
    { kind: "gap", seq: 1, fromMs: 5, atMs: 10, reason: "agent_not_running", lost: null },
    {
      ...{ kind: "transition", seq: 2, atMs: 20, group: "PLC", name: "a+b", fromState: "RUNNING", toState: "EXITED" },
      ...{ pid: 7, expected: false, tries: null, sampled: false },
    } as never,
  ]);
  store.flush();
  const app = new Elysia({ prefix: "/base" })
    .use(httpErrors(log))
    .use(historyRoutes({ store, log, who: () => ({ account: EVERYBODY, view: null as never }) }));
  const response = await app.handle(new Request(`http://localhost/base${path}`));
  const answer = { status: response.status, body: await response.json() };
  store.close();
  return answer;
}

test("GET /api/history answers as the contract says", async () => {
  const { status, body } = await get("/api/history?limit=1&uid=lid001:PLC:a%2Bb");
  expect(status).toBe(200);
  expect([...Value.Errors(HistoryPage, body)]).toEqual([]);
  const { next } = body as HistoryPage;
  expect(body).toMatchObject({ items: [{ uid: "lid001:PLC:a+b", expected: false }], next: expect.any(String) });
  expect((await get(`/api/history?limit=1&cursor=${next}`)).body).toMatchObject({
    items: [{ kind: "gap" }],
    next: null,
  });
});

test.each(["limit=0", "state=BROKEN", "from=then", "from=2&to=1", "cursor=zzz", `uid=${"x".repeat(2_000)}`])(
  "GET /api/history with a parameter that cannot be read answers 400 with code and message: %#",
  async (query) => {
    const { status, body } = await get(`/api/history?${query}`);
    expect(status).toBe(400);
    expect(body).toEqual({ code: "BAD_REQUEST", message: expect.stringContaining("Cannot read") });
  },
);

test("a limit is of a page, or of a whole file: that may be longer", async () => {
  expect((await get("/api/history?limit=5000")).status).toBe(400);
  expect((await get("/api/history?limit=5000&format=json")).body).toMatchObject({ next: null });
});
