import { attributeText } from "./attribute-text.ts";
import { framedPage, type PageInput } from "./frame.tsx";
import { Instant } from "./instant.tsx";
import { LongName } from "./long-name.tsx";
import { shortenMiddle } from "./shorten.ts";
import { auditTexts as texts } from "./texts/audit.ts";

/** One line of the audit; `at` epoch milliseconds, hub's clock. */
export type AuditLine = {
  readonly id: number;
  readonly at: number;
  readonly user: string | null;
  readonly address: string;
  readonly what: keyof typeof texts.words;
  readonly target: string;
  readonly outcome: "ok" | "failed" | "asked" | "refused";
  readonly detail: string;
};

export type AuditFields = { readonly user: string; readonly what: string };

export type AuditPageInput = PageInput & {
  readonly fields: AuditFields;
  readonly lines: readonly AuditLine[];
  /** id that the page after this one begins before; null: this is the last */
  readonly next: number | null;
  /** the newest page, which goes on by itself */
  readonly follows: boolean;
  /** what is wrong; null: nothing */
  readonly problem: string | null;
};

const isBad = ({ outcome }: AuditLine): boolean => outcome === "failed" || outcome === "refused";

const Line = ({ line }: { line: AuditLine }) => (
  <li class="happened" id={`a${line.id}`}>
    <Instant atMs={line.at} />
    <span class="whose" title={attributeText(shortenMiddle(`${line.user ?? texts.nobody} ${line.address}`, 300))}>
      <span class={line.user === null ? "host" : "name"}>
        <LongName text={line.user ?? texts.nobody} />
      </span>
      <span class="host" safe>
        {line.address}
      </span>
    </span>
    <span class="what">
      <b class={`to ${isBad(line) ? "bad" : "plain"}`}>{texts.words[line.what]}</b>
    </span>
    <span class="because" safe>
      {[line.detail, shortenMiddle(line.target, 300)].filter(Boolean).join(", ")}
    </span>
    <span class="aside">{line.outcome}</span>
  </li>
);

const Filters = ({ fields, basePath }: { fields: AuditFields; basePath: string }) => (
  <form id="history-filter" class="panel filters" method="get" action={`${basePath}/audit`}>
    <label>
      <span>{texts.user}</span>
      <input
        type="text"
        name="user"
        value={attributeText(fields.user)}
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
      />
    </label>
    <label>
      <span>{texts.what}</span>
      <select name="what">
        <option value="">{texts.anything}</option>
        {Object.entries(texts.words).map(([key, word]) => (
          <option value={key} {...(key === fields.what ? { selected: true } : {})}>
            {word}
          </option>
        ))}
      </select>
    </label>
    <button type="submit" class="worded">
      {texts.show}
    </button>
    <a href={`${basePath}/audit`} class="quiet">
      {texts.clear}
    </a>
  </form>
);

function olderUrl(basePath: string, fields: AuditFields, before: number): string {
  const filled = Object.entries({ ...fields, before: String(before) }).filter(([, value]) => value !== "");
  return `${basePath}/audit?${new URLSearchParams(filled)}`;
}

/** Logins, actions, reloads and refusals, for admins. */
export function auditPage({ fields, lines, next, follows, problem, ...input }: AuditPageInput): string {
  const { basePath, fleetName } = input.context;
  return framedPage({
    ...input,
    title: `${texts.title}, ${fleetName}`,
    page: "audit",
    stream: "/live/history",
    skip: { to: "history", words: texts.skip },
    children: (
      <>
        <h1 class="sr">{texts.heading}</h1>
        <Filters fields={fields} basePath={basePath} />
        <section class="panel" aria-labelledby="history-title">
          <header class="panel-head">
            <h2 id="history-title">{follows ? texts.latestLive : texts.latest}</h2>
            <p class="exports">
              {texts.export} <a href={`${basePath}/api/audit/export?format=csv`}>CSV</a>{" "}
              <a href={`${basePath}/api/audit/export`}>JSON lines</a>
            </p>
          </header>
          {problem === null ? null : (
            <p class="none problem" role="alert" safe>
              {problem}
            </p>
          )}
          <ol id="history" class="happening with-subject" tabindex="-1" {...(follows ? { "data-follows": "" } : {})}>
            {lines.map((line) => (
              <Line line={line} />
            ))}
          </ol>
          {lines.length === 0 && problem === null ? (
            <p class="none" id="history-none">
              {texts.none}
            </p>
          ) : null}
          {next === null ? null : (
            <p class="older">
              <a href={attributeText(olderUrl(basePath, fields, next))} id="older">
                {texts.older}
              </a>
            </p>
          )}
        </section>
      </>
    ),
  });
}
