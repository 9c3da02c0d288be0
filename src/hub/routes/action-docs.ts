import { t } from "elysia";
import type { RouteDocs } from "./needs.ts";

const Result = t.Object({
  uid: t.Optional(t.String()),
  supervisor: t.Optional(t.String()),
  ok: t.Boolean(),
  code: t.Optional(t.String({ description: "why not: NOT_RUNNING, BAD_NAME, HOST_UNREACHABLE, …" })),
  message: t.Optional(t.String()),
  state: t.Optional(t.Union([t.String(), t.Null()])),
});

/** Where the request says `Accept: application/json`; else the text `OK`, or an error. */
export const ActionAnswer = t.Object({ results: t.Array(Result) });

const Field = t.String({ description: "one or more, separated by commas" });

export const actionDocs = (summary: string, more: Readonly<Record<string, string>> = {}): RouteDocs => ({
  summary,
  description:
    "`uid` takes patterns (`lid001:PLC:*`); one with neither : nor * stands for *:pattern. With Accept: application/json a result for each process, else the text OK or an error.",
  group: "actions",
  body: t.Object({ uid: Field, ...Object.fromEntries(Object.keys(more).map((key) => [key, t.String()])) }),
  sends: { uid: "lid001:PLC:*", ...more },
  answer: ActionAnswer,
  example: { results: [{ uid: "lid001:PLC:wcid00a", ok: true, state: "RUNNING" }] },
});

export const supervisorDocs = (summary: string): RouteDocs => ({
  summary,
  group: "actions",
  body: t.Object({ supervisor: Field }),
  sends: { supervisor: "lid001" },
  answer: ActionAnswer,
  example: { results: [{ supervisor: "lid001", ok: true }] },
});
