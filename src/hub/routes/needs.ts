import type { TSchema } from "@sinclair/typebox";
import type { DocumentDecoration } from "elysia";
import type { Need } from "../../domain/role.ts";

/** What people and programs are told of a route. */
export type RouteDocs = {
  /** one sentence */
  readonly summary: string;
  readonly description?: string;
  /** where it is listed; "pages": for browsers, not part of the API */
  readonly group?: string;
  /** fields of the query */
  readonly query?: TSchema;
  /** fields of the form or JSON body */
  readonly body?: TSchema;
  /** an example of the body */
  readonly sends?: unknown;
  /** of the answer; `type` application/json unless said */
  readonly answer?: TSchema;
  readonly type?: string;
  readonly example?: unknown;
  /** of OpenAPI, by status, where an answer is neither `answer` nor an error as all are */
  readonly responses?: Readonly<Record<string, object>>;
};

export type DeclaredRoute = { readonly need: Need; readonly docs: RouteDocs };

const NEED = "x-need";

/**
 * Says who may use a route, and what it is. Every route has one: the hub lets nobody but admins to a route without, and a
 * test fails.
 */
export const needs = (need: Need, docs: RouteDocs | string): { detail: DocumentDecoration } => ({
  detail: { [NEED]: { need, docs: typeof docs === "string" ? { summary: docs } : docs } } as DocumentDecoration,
});

type Hooks = { readonly detail?: unknown } | undefined;

export function declarationOf(route: { readonly hooks?: unknown }): DeclaredRoute | null {
  const detail = (route.hooks as Hooks)?.detail as Record<string, DeclaredRoute> | undefined;
  return detail?.[NEED] ?? null;
}
