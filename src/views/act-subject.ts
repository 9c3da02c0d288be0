import { type Filter, matchesFilter } from "../domain/filter.ts";
import { filterSubject, type PlacedProcess } from "./process-look.ts";
import { supervisorUrl } from "./urls.ts";

/** Several processes, as a link to the page that asks what to do with them names them. */
export type ActSubject =
  | { readonly of: "group" | "supervisor"; readonly name: string }
  | { readonly of: "filter"; readonly text: string; readonly filter: Filter };

const urlOf = (basePath: string, query: Readonly<Record<string, string>>): string =>
  `${basePath}/act?${new URLSearchParams(query)}`;

export const actOnGroupUrl = (basePath: string, group: string): string =>
  urlOf(basePath, { group: group.toWellFormed() });

export const actOnSupervisorUrl = (basePath: string, supervisor: string): string =>
  urlOf(basePath, { supervisor: supervisor.toWellFormed() });

export const actOnFilterUrl = (basePath: string, filter: string): string => urlOf(basePath, { filter });

/** Names are meant exactly: in a link nothing is a pattern. */
export function isOfSubject(subject: ActSubject, placed: PlacedProcess): boolean {
  switch (subject.of) {
    case "group":
    case "supervisor":
      return placed.process[subject.of] === subject.name;
    case "filter":
      return matchesFilter(subject.filter, filterSubject(placed));
  }
}

/** Where one came from. */
export function subjectUrl(basePath: string, subject: ActSubject): string {
  switch (subject.of) {
    case "group":
      return `${basePath}/`;
    case "supervisor":
      return supervisorUrl(basePath, subject.name);
    case "filter":
      return `${basePath}/processes?${new URLSearchParams({ filter: subject.text })}`;
  }
}
