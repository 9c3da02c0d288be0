import type { HubProcess } from "../../protocol/hub.ts";

/** A log that can be asked for. */
export type LogSource = {
  /** uid, or the supervisor's name */
  readonly name: string;
  readonly channel: "stdout" | "stderr" | "main";
  /** of the API, to which `/search` or a query is added */
  readonly path: (what: "page" | "search") => string;
};

const join = (base: string, what: "page" | "search", name: string): string =>
  `${base}/${what === "search" ? "search/" : ""}${encodeURIComponent(name)}`;

export const processLog = ({ uid }: Pick<HubProcess, "uid">, isStderr: boolean): LogSource => ({
  name: uid,
  channel: isStderr ? "stderr" : "stdout",
  path: (what) => join(`/api/process/log/${isStderr ? "err" : "out"}`, what, uid),
});

export const mainLog = (supervisor: string): LogSource => ({
  name: supervisor,
  channel: "main",
  path: (what) => join("/api/supervisor/log", what, supervisor),
});
