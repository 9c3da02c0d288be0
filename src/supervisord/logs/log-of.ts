import type { Namespec } from "../../domain/names.ts";

/** Which log is meant. */
export type LogOf =
  | { readonly kind: "process"; readonly namespec: Namespec; readonly channel: "stdout" | "stderr" }
  /** supervisord's own */
  | { readonly kind: "main" };

export const describeLog = (of: LogOf): string =>
  of.kind === "main" ? "supervisord's log" : `${of.channel} of ${of.namespec}`;
