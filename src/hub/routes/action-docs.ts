import { type TSchema, t } from "elysia";
import type { RouteDocs } from "./needs.ts";

const Result = t.Object({
  uid: t.Optional(t.String()),
  supervisor: t.Optional(t.String()),
  group: t.Optional(t.String({ description: "of add and remove" })),
  ok: t.Boolean(),
  code: t.Optional(t.String({ description: "why not: NOT_RUNNING, BAD_NAME, HOST_UNREACHABLE, …" })),
  message: t.Optional(t.String()),
  pending: t.Optional(t.Literal(true, { description: "accepted, and not ended yet" })),
  state: t.Optional(t.Union([t.String(), t.Null()])),
});

/** Where the request says `Accept: application/json`; else the text `OK`, or an error. */
export const ActionAnswer = t.Object({
  action: t.Optional(t.String({ description: "for /api/actions/<id>" })),
  dry_run: t.Optional(t.Literal(true)),
  results: t.Array(Result),
});

export const ActionState = t.Object({
  id: t.String(),
  action: t.String(),
  user: t.Union([t.String(), t.Null()]),
  targets: t.Array(t.String(), { description: "as given" }),
  started: t.Number({ description: "epoch milliseconds" }),
  finished: t.Union([t.Number(), t.Null()]),
  waiting: t.Array(t.Object({ uid: t.String(), state: t.Union([t.String(), t.Null()]) }), {
    description: "while it runs: those whose outcome is not known, and how they are now",
  }),
  status: t.Union([t.Literal("running"), t.Literal("done"), t.Literal("failed")]),
  results: t.Array(Result),
  error: t.Union([t.String(), t.Null()]),
});

/** Of names, which may hold commas themselves. */
export const Names = t.Union([t.String(), t.Array(t.String())], {
  description: "one or more: a text is split at commas, the items of a JSON array are taken as they are",
});

/** What every action takes. */
const COMMON = {
  dry_run: t.Optional(t.String({ description: "1: says what would be acted on, and does nothing" })),
  wait: t.Optional(t.String({ description: "0: answers at once, with the id that /api/actions/<id> follows" })),
};
const FILTER = t.Optional(t.String({ description: "in the language of the page: group:PLC state:fatal" }));

const HOW =
  "With Accept: application/json an id and a result for each process, else the text OK or an error. Answers when the outcome is known, after 30 s at the latest.";

export const actionDocs = (summary: string, more: Readonly<Record<string, string>> = {}): RouteDocs => ({
  summary,
  description: `\`uid\` takes patterns (\`lid001:PLC:*\`); one with neither : nor * stands for *:pattern. ${HOW}`,
  group: "actions",
  body: t.Object({
    ...{ uid: t.Optional(Names), filter: FILTER, ...COMMON },
    ...Object.fromEntries(Object.keys(more).map((key) => [key, t.String()])),
  }),
  sends: { uid: "lid001:PLC:*", ...more },
  answer: ActionAnswer,
  example: { action: "0b5f…", results: [{ uid: "lid001:PLC:wcid00a", ok: true, state: "RUNNING" }] },
});

export const groupDocs = (verb: string): RouteDocs => ({
  ...actionDocs(`${verb}s the processes of groups`),
  description: `\`group\` is a name (on every host), \`lid001:PLC\`, or a pattern of these. ${HOW}`,
  body: t.Object({ group: Names, filter: FILTER, ...COMMON }),
  sends: { group: "PLC" },
});

export const supervisorDocs = (summary: string, more: Readonly<Record<string, TSchema>> = {}): RouteDocs => ({
  summary,
  description:
    "With Accept: application/json an id and a result for each, else the text OK or an error. Answers when it has come to that (a restart: live again), after 30 s at the latest.",
  group: "actions",
  body: t.Object({ supervisor: Names, ...more, ...COMMON }),
  sends: { supervisor: "lid001", ...("group" in more && { group: "PLC" }) },
  answer: ActionAnswer,
  example: { results: [{ supervisor: "lid001", ok: true }] },
});
