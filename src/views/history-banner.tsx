import { hxPartial } from "./hx-partial.ts";
import { barTexts as texts } from "./texts/bar.ts";

const ID = "history-problem";

/** Always there, mostly empty: what comes into it is read out. @param problem null: the history is written */
export const HistoryBanner = ({ problem }: { problem: string | null }) => (
  <div id={ID} role="status">
    {problem === null ? null : (
      <p class="banner" safe>
        {texts.historyProblem(problem)}
      </p>
    )}
  </div>
);

export const updateHistoryBanner = (problem: string | null): string =>
  hxPartial(ID, "outerMorph", <HistoryBanner problem={problem} />);
