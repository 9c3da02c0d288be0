import { describe, expect, test } from "bun:test";
import { Validator } from "@seriousme/openapi-schema-validator";
import { Value } from "@sinclair/typebox/value";
import { createServer } from "../server.ts";
import { openApi, operationsOf } from "./openapi.ts";

const anything: unknown = new Proxy(() => anything, {
  get: (_, key) => (key === "basePath" ? "/base" : key === Symbol.toPrimitive ? () => "" : anything),
});
const operations = operationsOf(createServer(anything as never).routes, "/base");
const document = openApi(operations, "/base") as {
  paths: Record<string, Record<string, Record<string, unknown>>>;
};
const all = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

/** Every endpoint of Multivisor 6, and those of ours that documents speak of. */
const PATHS = [
  ..."/api/data /api/refresh /api/admin/reload /api/config/file /api/process/list /api/process/info/{uid}".split(" "),
  ..."/api/supervisor/info/{name} /api/process/stop /api/process/restart /api/supervisor/update".split(" "),
  ..."/api/supervisor/restart /api/supervisor/reread /api/supervisor/shutdown /api/stream /api/auth".split(" "),
  ..."/api/login /api/logout /api/process/log/{channel}/tail/{uid} /api/process/start /api/process/signal".split(" "),
  ..."/api/process/stdin /api/group/start /api/supervisor/restart-all /api/actions/{id} /metrics /healthz".split(" "),
  ..."/readyz /api/audit /api/history /api/openapi.json".split(" "),
];

describe("OpenAPI", () => {
  test.each(PATHS)("tells of %s", (path) => {
    expect(document.paths[path]).toBeDefined();
  });

  test("says of each operation what it does and who may; names it once", () => {
    expect(all.filter(({ operation }) => !operation.summary || !operation.description)).toEqual([]);
    const ids = all.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("declares every parameter of every path", () => {
    const missing = all.filter(({ path, operation }) => {
      const declared = (operation.parameters as { name: string; in: string }[]).filter((p) => p.in === "path");
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      return named.join() !== declared.map(({ name }) => name).join();
    });
    expect(missing).toEqual([]);
  });

  test("every change that is asked for has its fields", () => {
    const bodiless = all.filter(({ method, operation }) => method === "post" && operation.requestBody === undefined);
    expect(bodiless.map(({ path }) => path).sort()).toEqual(["/api/admin/reload", "/api/logout"]);
  });

  test("shows an example of every answer and of every body, which is as its schema says", () => {
    const told = operations.map(({ method, path, docs }) => ({ what: `${method} ${path}`, docs }));
    expect(told.filter(({ docs }) => docs.example === undefined).map(({ what }) => what)).toEqual([]);
    expect(told.filter(({ docs }) => docs.body !== undefined && docs.sends === undefined)).toEqual([]);
    const isJson = ({ type }: { type?: string }) => (type ?? "application/json") === "application/json";
    const wrong = told.flatMap(({ what, docs }) => {
      if (!isJson(docs) || docs.answer === undefined) return isJson(docs) ? [`${what}: no schema`] : [];
      return [...Value.Errors(docs.answer, docs.example)].map(({ path, message }) => `${what} ${path}: ${message}`);
    });
    expect(wrong).toEqual([]);
  });

  test("is a document as OpenAPI 3.1 wants it, by a validator of its own", async () => {
    const validator = new Validator();
    expect(await validator.validate(JSON.parse(JSON.stringify(document)))).toEqual({ valid: true });
    expect(validator.version).toBe("3.1");
  });

  test("says of every parameter and of every field what it means", () => {
    type Described = { name: string; description?: string; schema: { description?: string } };
    const wordless = operations.flatMap(({ method, path, docs }) =>
      Object.entries({ ...docs.query?.properties, ...docs.body?.properties } as Record<
        string,
        { description?: string }
      >)
        .filter(([, { description }]) => !description)
        .map(([name]) => `${method} ${path} ${name}`),
    );
    const parts = all.flatMap(({ path, operation }) =>
      (operation.parameters as Described[])
        .filter(({ description, schema }) => !description && !schema.description)
        .map(({ name }) => `${path} ${name}`),
    );
    expect([...wordless, ...parts]).toEqual([]);
  });

  test("tells of the text that old scripts get of an action, and of actions that go on", () => {
    const { responses } = (document.paths["/api/process/stop"]?.post ?? {}) as {
      responses: Record<string, { content: object }>;
    };
    expect(Object.keys(responses["200"]?.content ?? {})).toEqual(["application/json", "text/plain"]);
    expect(Object.keys(responses)).toContain("202");
  });

  test("is plain JSON", () => {
    expect(JSON.parse(JSON.stringify(document))).toEqual(document as never);
  });
});
