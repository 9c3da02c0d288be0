import { logTexts as texts } from "../../texts/log.ts";
import { answerTexts } from "../../texts/overlays.ts";
import { ask } from "../ask.ts";
import { addNote } from "../notes.ts";
import { base } from "../page.ts";
import type { ShownProcess } from "./sources.ts";

type Answer = { readonly message?: string; readonly results?: readonly { ok: boolean; message?: string }[] };

/** Empties the logs that are shown, after a question. */
export function startClear(panel: HTMLElement, processes: readonly ShownProcess[]): void {
  const button = panel.querySelector("#log-clear");
  const [process] = processes;
  if (button === null || process === undefined) return;
  button.addEventListener("click", async () => {
    const { uid, label } = process;
    const question = { title: texts.clearTitle(label), text: texts.clearText, yes: texts.clearYes, danger: true };
    if (!(await ask(question))) return;
    const headers = { accept: "application/json", "content-type": "application/json" };
    const body = JSON.stringify({ uid: [uid] });
    const response = await fetch(`${base()}/api/process/log/clear`, { method: "POST", headers, body }).catch(
      () => null,
    );
    const answer = ((await response?.json().catch(() => null)) ?? {}) as Answer;
    const failed = answer.results?.find(({ ok }) => !ok);
    if (response?.ok && failed === undefined) addNote(texts.clearDone(label), "good");
    else addNote(texts.clearFailed(label, failed?.message ?? answer.message ?? answerTexts.none), "bad");
  });
}
