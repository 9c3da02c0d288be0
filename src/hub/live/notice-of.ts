import type { ProcessUid, SupervisorName } from "../../domain/names.ts";
import type { Supervisor } from "../../domain/supervisor.ts";
import { lookOf } from "../../views/process-look.ts";
import { stateWords } from "../../views/process-words.ts";
import { shownName } from "../../views/shorten.ts";
import { noticeTexts as texts } from "../../views/texts/notices.ts";
import { processUrl, supervisorUrl } from "../../views/urls.ts";
import type { FleetChange } from "../fleet-change.ts";

/** What a person should hear of. */
export type News = {
  /** whose: the same key is one line with a count */
  readonly key: string;
  readonly words: string;
  /** without the base path */
  readonly path: string;
  readonly level: "bad" | "warn" | "good";
  readonly supervisor: SupervisorName;
  /** null: of the supervisor itself */
  readonly uid: ProcessUid | null;
};

type Transition = Extract<FleetChange, { kind: "transition" }>;

/** Processes that end badly. */
export function newsOfProcess({ process }: Transition, supervisor: Supervisor | undefined): News | null {
  const { state, uid } = process;
  if (supervisor === undefined || (state !== "EXITED" && state !== "FATAL" && state !== "BACKOFF")) return null;
  const placed = { process, supervisor };
  const look = lookOf(placed);
  if (look !== "bad" && look !== "backoff") return null;
  return {
    ...{ key: uid, uid, supervisor: supervisor.name, path: processUrl("", uid) },
    words: texts.process(shownName(process.name, 60), shownName(supervisor.name, 40), stateWords(placed)),
    level: look === "bad" ? "bad" : "warn",
  };
}

/** Hosts that are lost and found. @param isDown as it is now */
export const newsOfHost = (name: SupervisorName, isDown: boolean): News => ({
  ...{ key: `host ${name}`, uid: null, supervisor: name, path: supervisorUrl("", name) },
  words: isDown ? texts.down(shownName(name, 60)) : texts.back(shownName(name, 60)),
  level: isDown ? "bad" : "good",
});
