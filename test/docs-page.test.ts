import { afterAll, expect, test } from "bun:test";
import { startHub } from "./support/hub.ts";
import { openTestPlace } from "./support/test-place.ts";

const place = openTestPlace();
afterAll(() => place.close());

test("the API's own page needs nothing from elsewhere, and says what the document says", async () => {
  const hub = await startHub(place, { supervisors: [] });
  const answer = await hub.get("/api/docs");
  const text = await answer.text();
  expect(answer.headers.get("content-security-policy")).toContain("default-src 'self'");
  expect(text).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  const { paths } = await hub.json<{ paths: Record<string, object> }>("/api/openapi.json");
  expect(Object.keys(paths).length).toBeGreaterThan(30);
  const missing = Object.keys(paths).filter(
    (path) => !text.includes(path.replaceAll("{", "&lt;").replaceAll("}", "&gt;")),
  );
  expect(missing).toEqual([]);
});
