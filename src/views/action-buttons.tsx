import { attributeText } from "./attribute-text.ts";
import type { Action } from "./process-look.ts";
import { fleetTexts } from "./texts/fleet.ts";
import { stateTexts as texts } from "./texts/states.ts";

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
        aria-label={attributeText(texts.actionOf(fleetTexts.log, label))}
      >
        {fleetTexts.log}
      </a>
    )}
    {ORDER.map((action) => (
      <button
        type="button"
        class="act"
        data-act={action}
        title={attributeText(refusal ?? texts.actions[action])}
        aria-label={attributeText(texts.actionOf(texts.actions[action], label))}
        {...(offered.includes(action) ? {} : { "aria-disabled": "true", tabindex: -1 })}
      ></button>
    ))}
    <button
      type="button"
      class="act more"
      data-act="more"
      title={texts.more}
      aria-haspopup="dialog"
      aria-label={attributeText(texts.moreOf(label))}
    ></button>
  </>
);
