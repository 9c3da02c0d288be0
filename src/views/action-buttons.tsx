import { attributeText } from "./attribute-text.ts";
import type { Action } from "./process-look.ts";
import { fleetTexts } from "./texts/fleet.ts";

const WORDS: Readonly<Record<Action, string>> = { start: "Start", restart: "Restart", stop: "Stop" };
const ORDER: readonly Action[] = ["start", "restart", "stop"];

type Props = {
  /** where its log is, first of all */
  readonly log?: string;
  readonly offered: readonly Action[];
  readonly label: string;
  readonly refusal: string | null;
};

/**
 * Each action has its place, offered or not: a button never turns into another one under the pointer, and one that is no
 * longer offered keeps the focus it has.
 * @param label the process, short enough to be read aloud @param refusal why none is; null: they depend on the state
 */
export const ActionButtons = ({ offered, label, refusal, log }: Props) => (
  <>
    {log === undefined ? null : (
      <a
        class="act"
        data-act="log"
        href={log}
        title={fleetTexts.log}
        aria-label={attributeText(`${fleetTexts.log} ${label}`)}
      >
        {fleetTexts.log}
      </a>
    )}
    {ORDER.map((action) => (
      <button
        type="button"
        class="act"
        data-act={action}
        title={attributeText(refusal ?? WORDS[action])}
        aria-label={attributeText(`${WORDS[action]} ${label}`)}
        {...(offered.includes(action) ? {} : { "aria-disabled": "true", tabindex: -1 })}
      ></button>
    ))}
    <button
      type="button"
      class="act more"
      data-act="more"
      title="Actions"
      aria-haspopup="dialog"
      aria-label={attributeText(`Actions for ${label}`)}
    ></button>
  </>
);
