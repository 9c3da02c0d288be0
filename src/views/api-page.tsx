import { PlainBar } from "./plain-bar.tsx";
import { page } from "./shell.tsx";
import { apiTexts as texts } from "./texts/api.ts";
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
          <span safe>{[required ? texts.required : "", description].filter(Boolean).join("; ")}</span>
        </dd>
      ))}
    </dl>
  );
};

const Example = ({ title, value }: { title: string; value: unknown }) =>
  value === undefined ? null : (
    <figure>
      <figcaption safe>{title}</figcaption>
      <pre tabindex="0" safe>
        {typeof value === "string" ? value : JSON.stringify(value, null, 2)}
      </pre>
    </figure>
  );

const Operation = ({ operation: { method, path, need, docs } }: { operation: ApiOperation }) => (
  <article>
    <details>
      <summary>
        <span class="method" safe>
          {method}
        </span>
        <h3 safe>{path.replaceAll(/:(\w+)/g, "<$1>")}</h3>
        <p safe>{docs.summary}</p>
      </summary>
      <div class="operation">
        {docs.description === undefined ? null : <p safe>{docs.description}</p>}
        <p safe>{need === "open" ? texts.noLogin : texts.needs(need)}</p>
        <Fields title={texts.query} schema={docs.query} />
        <Fields title={texts.fields} schema={docs.body} />
        <Example title={texts.sends} value={docs.sends} />
        <Example title={texts.answers} value={docs.example} />
      </div>
    </details>
  </article>
);

type Input = {
  readonly context: ViewContext;
  readonly assets: AssetUrls;
  readonly operations: readonly ApiOperation[];
};

/** The API for people, as /api/openapi.json tells it to programs. */
export function apiPage({ context, assets, operations }: Input): string {
  const groups = [...Map.groupBy(operations, ({ docs }) => docs.group ?? "")];
  return page({
    context,
    assets,
    title: `${texts.title}, ${context.fleetName}`,
    page: "message",
    children: (
      <>
        <PlainBar context={context} />
        <main class="api">
          <nav aria-label={texts.groups}>
            {groups.map(([name]) => (
              <a href={`#${encodeURIComponent(name)}`} safe>
                {name}
              </a>
            ))}
          </nav>
          <div>
            <h1>{texts.title}</h1>
            <p>
              {texts.forPrograms} <a href={`${context.basePath}/api/openapi.json`}>openapi.json</a>. {texts.howToLogIn}
            </p>
            {groups.map(([name, members]) => (
              <section>
                <h2 id={encodeURIComponent(name)} safe>
                  {name}
                </h2>
                {members.map((operation) => (
                  <Operation operation={operation} />
                ))}
              </section>
            ))}
          </div>
        </main>
      </>
    ),
  });
}
