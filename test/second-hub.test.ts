import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { multivisor } from "./support/executable.ts";
import { startHub, type TestHub } from "./support/hub.ts";
import { run } from "./support/run.ts";
import { openTestPlace } from "./support/test-place.ts";

const place = openTestPlace();
let hub: TestHub;
beforeAll(async () => {
  hub = await startHub(place, { supervisors: [] });
});
afterAll(() => place.close());

const second = (bind: string, db: string) => run(place, multivisor("hub", "-c", hub.conf, "--bind", bind, "--db", db));

describe("a second hub by mistake", () => {
  test("on the same address ends with one line, instead of taking turns in answering", async () => {
    const { exitCode, stderr } = await second(`127.0.0.1:${hub.port}`, place.path("other.sqlite"));
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      `Cannot listen on 127.0.0.1:${hub.port}: another program does; choose another with --bind`,
    );
  });
  test("on the same database ends with one line, instead of writing everything twice", async () => {
    const { exitCode, stderr } = await second("127.0.0.1:0", hub.conf.replace(".conf", ".sqlite"));
    expect(exitCode).toBe(2);
    expect(stderr).toContain("another hub writes to it; end that one, or name another file with --db");
  });
  test("a hub that was killed leaves nothing that would keep the next one out", async () => {
    await hub.kill9();
    await hub.start();
    expect((await hub.get("/api/data")).status).toBe(200);
  });
});
