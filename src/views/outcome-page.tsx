import type { ActionResult } from "./action-result.ts";
import { manyTitle, processWords, summaryWords } from "./action-words.ts";
import { PlainBar } from "./plain-bar.tsx";
import type { Action } from "./process-look.ts";
import { page } from "./shell.tsx";
import { shortenMiddle, shownName } from "./shorten.ts";
import { actPageTexts as texts } from "./texts/act-page.ts";
import { actionTexts, progressTexts } from "./texts/actions.ts";
import { messageTexts } from "./texts/message.ts";
import type { AssetUrls, ViewContext } from "./view-context.ts";

export type Outcomes = {
  readonly id: string;
  readonly action: Action;
  readonly isOver: boolean;
  readonly results: readonly ActionResult[];
  /** those whose outcome is not known, and how they are now; null: not known */
  readonly waiting: readonly { readonly uid: string; readonly state: string | null }[];
  /** why it could not be done at all; null: see the results */
  readonly error: string | null;
};

type Line = {
  readonly uid: string;
  readonly look: "bad" | "moving" | "done";
  readonly words: string;
  readonly detail: string;
};

const ORDER = { bad: 0, moving: 1, done: 2 } as const;

/** What was not done comes first. */
function linesOf({ action, results, waiting }: Outcomes): Line[] {
  const ended = results.map((result): Line => {
    const look = result.pending ? "moving" : result.ok ? "done" : "bad";
    return { uid: result.uid ?? result.supervisor ?? "", look, ...processWords(action, result) };
  });
  const open = waiting.map(({ uid, state }): Line => {
    return { uid, look: "moving", words: state?.toLowerCase() ?? progressTexts.queued, detail: "" };
  });
  return [...ended, ...open].sort((a, b) => ORDER[a.look] - ORDER[b.look]);
}

function wordsOf({ action, isOver, results, waiting, error }: Outcomes): string {
  if (error !== null) return error;
  const failed = results.filter(({ ok, pending }) => !ok && !pending).length;
  if (!isOver) return progressTexts.counted(results.length, results.length + waiting.length, failed);
  return summaryWords(action, results) ?? actionTexts.all(actionTexts.done[action], results.length);
}

const OutcomeLine = ({ line: { uid, look, words, detail } }: { line: Line }) => (
  <li data-look={look}>
    <span class="line-name" safe>
      {shownName(uid)}
    </span>
    <span class="line-words" safe>
      {words}
    </span>
    <span class="line-detail" safe>
      {detail}
    </span>
  </li>
);

type Props = { readonly context: ViewContext; readonly assets: AssetUrls; readonly outcomes: Outcomes };

/** What became of each, for browsers without scripts; the answer's head tells them to look again while it goes on. */
export const outcomePage = ({ context, assets, outcomes }: Props): string => {
  const lines = linesOf(outcomes);
  const title = manyTitle(
    outcomes.action,
    lines.map(({ uid }) => uid),
  );
  return page({
    ...{ context, assets, title: `${title}, ${shortenMiddle(context.fleetName, 60)}`, page: "message" },
    children: (
      <>
        <PlainBar context={context} />
        <main class="act-page">
          <h1 safe>{title}</h1>
          <p role="status" safe>
            {wordsOf(outcomes)}
          </p>
          <ul class="act-lines">
            {lines.map((line) => (
              <OutcomeLine line={line} />
            ))}
          </ul>
          <p class="act-acts">
            {outcomes.isOver ? null : (
              <a class="worded" href={`${context.basePath}/act/outcome/${outcomes.id}`}>
                {texts.lookAgain}
              </a>
            )}
            <a class="worded" href={`${context.basePath}/`}>
              {messageTexts.toGroups}
            </a>
          </p>
        </main>
      </>
    ),
  });
};
