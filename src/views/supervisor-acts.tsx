import type { Supervisor } from "../domain/supervisor.ts";
import { attributeText } from "./attribute-text.ts";
import { isStale } from "./process-look.ts";
import { shortenMiddle } from "./shorten.ts";
import { SUPERVISOR_ACTIONS } from "./supervisor-action.ts";
import { manyTexts } from "./texts/actions.ts";
import { stateTexts } from "./texts/states.ts";
import { supervisorTexts as texts } from "./texts/supervisor.ts";
import { supervisorUrl } from "./urls.ts";

type Props = { readonly supervisor: Supervisor; readonly basePath: string };

/** Links to where it is asked for, so that they need no script; the script asks on the spot. */
const SupervisordActs = ({ supervisor, basePath }: Props) => {
  const label = shortenMiddle(supervisor.name, 60);
  const refused = !supervisor.allows.includes("supervisor");
  const off = isStale(supervisor) || refused;
  return (
    <>
      {SUPERVISOR_ACTIONS.map((action) => (
        <a
          class={`worded ${action}`}
          href={`${supervisorUrl(basePath, supervisor.name)}?ask=${action}`}
          data-sact={action}
          title={attributeText(refused ? texts.refused(label) : texts.does[action])}
          aria-label={attributeText(stateTexts.actionOf(texts.actions[action], label))}
          {...(off ? { "aria-disabled": "true" } : {})}
        >
          {texts.actions[action]}
        </a>
      ))}
    </>
  );
};

/** Whoever may touch a part of what runs there is offered nothing that touches all of it. */
export const SupervisorActs = ({ supervisor, basePath }: Props) => {
  const open = manyTexts.openSupervisor(shortenMiddle(supervisor.name, 60));
  return (
    <>
      {supervisor.isPart === true ? null : <SupervisordActs supervisor={supervisor} basePath={basePath} />}
      <button
        type="button"
        class="icon more-acts"
        data-many="supervisor"
        data-name={attributeText(supervisor.name)}
        aria-haspopup="menu"
        aria-label={attributeText(open)}
        title={attributeText(open)}
      ></button>
    </>
  );
};
