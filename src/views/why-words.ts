import { latelyDied } from "../domain/death.ts";
import { formatRan } from "./history-line.ts";
import type { PlacedProcess } from "./process-look.ts";
import { attentionTexts as texts } from "./texts/attention.ts";

/**
 * Why a process that ended badly did: how it ended and what it wrote last, where that is known; else what supervisord
 * says, which is seldom more than that it did.
 */
export function whyWords({ process }: PlacedProcess): string {
  const died = latelyDied(process);
  const lastLine = died?.lastWords.split("\n").at(-1)?.trim() ?? "";
  const how = died?.cause == null ? "" : texts.ended(died.cause, died.ranMs === null ? "" : formatRan(died.ranMs));
  if (lastLine !== "") return how === "" ? lastLine : texts.said(how, lastLine);
  if (process.spawnerr !== "") return process.spawnerr;
  if (how !== "") return how;
  if (process.state === "EXITED") return texts.wrongExit;
  return process.state === "FATAL" ? texts.gaveUp : texts.tooEarly;
}
