import { page } from "./shell.tsx";
import type { AssetUrls, ViewContext } from "./view-context.ts";

/** One thing that the API does. */
export type ApiOperation = {
  readonly method: string;
  readonly path: string;
  readonly need: string;
  readonly docs: {
    readonly summary: string;
    readonly description?: string;
    readonly group?: string;
    readonly query?: unknown;
    readonly body?: unknown;
    readonly sends?: unknown;
    readonly answer?: unknown;
    readonly type?: string;
    readonly example?: unknown;
  };
};

type Field = { readonly name: string; readonly required: boolean; readonly description: string };

function fieldsOf(schema: unknown): Field[] {
  const { properties = {}, required = [] } = (schema ?? {}) as {
    properties?: Record<string, { description?: string }>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description = "" }]) => ({
    ...{ name, description, required: required.includes(name) },
  }));
}

const Fields = ({ title, schema }: { title: string; schema: unknown }) => {
  const fields = fieldsOf(schema);
  if (fields.length === 0) return null;
  return (
    <dl>
      <dt safe>{title}</dt>
      {fields.map(({ name, required, description }) => (
        <dd>
          <code safe>{name}</code>{" "}
          <span safe>{[required ? "required" : "", description].filter(Boolean).join("; ")}</span>
        </dd>
      ))}
    </dl>
  );
};

const Example = ({ title, value }: { title: string; value: unknown }) =>
  value === undefined ? null : (
    <figure>
      <figcaption safe>{title}</figcaption>
      <pre safe>{typeof value === "string" ? value : JSON.stringify(value, null, 2)}</pre>
    </figure>
  );

const Operation = ({ operation: { method, path, need, docs } }: { operation: ApiOperation }) => (
  <article>
    <h3>
      <code safe>{`${method} ${path.replaceAll(/:(\w+)/g, "<$1>")}`}</code>
    </h3>
    <p safe>{docs.summary}</p>
    {docs.description === undefined ? null : <p safe>{docs.description}</p>}
    <p safe>{need === "open" ? "Needs no login." : `Needs the right to ${need}.`}</p>
    <Fields title="Query" schema={docs.query} />
    <Fields title="Fields" schema={docs.body} />
    <Example title="Sends" value={docs.sends} />
    <Example title="Answers" value={docs.example} />
  </article>
);

type Input = {
  readonly context: ViewContext;
  readonly assets: AssetUrls;
  readonly operations: readonly ApiOperation[];
};

/** The API for people, as /api/openapi.json tells it to programs. */
export function apiPage({ context, assets, operations }: Input): string {
  const groups = Map.groupBy(operations, ({ docs }) => docs.group ?? "");
  return page({
    context,
    assets,
    title: `API, ${context.fleetName}`,
    page: "message",
    children: (
      <main class="api">
        <h1>API</h1>
        <p>
          For programs: <a href={`${context.basePath}/api/openapi.json`}>openapi.json</a>. They log in with a token
          (Authorization: Bearer) or with name and password (Basic).
        </p>
        {[...groups].map(([name, members]) => (
          <section>
            <h2 safe>{name}</h2>
            {members.map((operation) => (
              <Operation operation={operation} />
            ))}
          </section>
        ))}
      </main>
    ),
  });
}
