import { VERSION } from "../../lib/build-info.ts";
import { type DeclaredRoute, declarationOf } from "../routes/needs.ts";
import { PATH_WORDS, plain, withWords } from "./field-words.ts";

type Route = { readonly method: string; readonly path: string; readonly hooks?: unknown };
type Json = Record<string, unknown>;

/** One operation as the page shows it. */
export type Operation = {
  readonly method: string;
  readonly path: string;
  readonly need: DeclaredRoute["need"];
  readonly docs: DeclaredRoute["docs"];
};

const WORDS: Readonly<Record<DeclaredRoute["need"], string>> = {
  open: "Nobody has to be logged in.",
  read: "For viewers and above.",
  act: "For operators and admins.",
  admin: "For admins.",
};

/** What is part of the API: pages, what they load and their streams are not. */
export function operationsOf(routes: readonly Route[], basePath: string): Operation[] {
  return routes.flatMap(({ method, path, hooks }) => {
    const declared = declarationOf({ hooks });
    const own = path.slice(basePath.length);
    if (declared === null || declared.docs.group === undefined || method === "HEAD") return [];
    const { query, body } = declared.docs;
    const fields = { ...(query && { query: withWords(query) }), ...(body && { body: withWords(body) }) };
    return [{ method, path: own, need: declared.need, docs: { ...declared.docs, ...fields } }];
  });
}

/** The API as OpenAPI 3.1, out of what the routes say of themselves. */
export function openApi(operations: readonly Operation[], basePath: string): Json {
  const paths: Record<string, Json> = {};
  for (const operation of operations) {
    const path = operation.path.replaceAll(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: describe(operation) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Multivisor",
      version: VERSION,
      description:
        "The supervisords of many hosts. Everything that Multivisor 6 answered is answered here, with the same names and types; fields may be added.",
    },
    servers: [{ url: basePath === "" ? "/" : basePath }],
    tags: [...new Set(operations.map(({ docs }) => docs.group))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "of [token:NAME]; multivisor hub new-token" },
        password: { type: "http", scheme: "basic" },
      },
      schemas: { Error: ERROR },
    },
  };
}

const ERROR = {
  type: "object",
  properties: {
    code: { type: "string", description: "BAD_NAME, HOST_UNREACHABLE, …" },
    message: { type: "string", description: "for people" },
  },
  required: ["message"],
};

function describe({ method, path, need, docs }: Operation): Json {
  const words = [docs.description, WORDS[need]].filter((text) => text !== undefined).join("\n\n");
  return {
    operationId: operationId(method, path),
    summary: docs.summary,
    description: words,
    tags: [docs.group],
    security: need === "open" ? [] : [{ token: [] }, { password: [] }],
    parameters: [...pathParameters(path), ...queryParameters(docs.query)],
    ...(docs.body === undefined ? {} : { requestBody: bodyOf(docs) }),
    responses: responsesOf(need, docs),
  };
}

const operationId = (method: string, path: string): string =>
  `${method.toLowerCase()}${path.replaceAll(/[^A-Za-z0-9]+(\w?)/g, (_, next: string) => next.toUpperCase())}`;

const pathParameters = (path: string): Json[] =>
  [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    ...{ name, in: "path", required: true, description: PATH_WORDS[name ?? ""], schema: { type: "string" } },
    ...(name === "channel" ? { schema: { type: "string", enum: ["out", "err"] } } : {}),
  }));

type Fields = { readonly properties?: Record<string, Json>; readonly required?: readonly string[] };

const queryParameters = (query: unknown): Json[] =>
  Object.entries((query as Fields | undefined)?.properties ?? {}).map(([name, schema]) => ({
    ...{ name, in: "query", schema: plain(schema) },
    required: (query as Fields).required?.includes(name) ?? false,
  }));

function bodyOf({ body, sends }: Operation["docs"]): Json {
  const content = { schema: plain(body), ...(sends === undefined ? {} : { example: sends }) };
  const types = ["application/x-www-form-urlencoded", "multipart/form-data", "application/json"];
  return { required: true, content: Object.fromEntries(types.map((type) => [type, content])) };
}

function responsesOf(need: Operation["need"], docs: Operation["docs"]): Json {
  const { type = "application/json", answer, example } = docs;
  const schema = answer === undefined ? (type === "application/json" ? {} : { type: "string" }) : plain(answer);
  const content = { [type]: { schema, ...(example === undefined ? {} : { example }) } };
  const error = (description: string) => ({
    description,
    content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
  });
  return {
    "200": { description: "done", content: isAction(docs) ? { ...content, ...TEXT_OK } : content },
    ...(isAction(docs) ? { "202": { description: "begun: with wait=0", content } } : {}),
    ...(need === "open" ? {} : { "401": error("not logged in"), "403": error("logged in, and not permitted") }),
    ...docs.responses,
    default: error("what went wrong"),
  };
}

const isAction = ({ body }: Operation["docs"]): boolean => "wait" in ((body as Fields | undefined)?.properties ?? {});

/** To who does not ask for JSON, as Multivisor 6 answered. */
const TEXT_OK = { "text/plain": { schema: { type: "string" }, example: "OK" } };
