import { type ActSubject, subjectUrl } from "./act-subject.ts";
import { hostOf, whereWords } from "./action-words.ts";
import { attributeText } from "./attribute-text.ts";
import { PlainBar } from "./plain-bar.tsx";
import { lookOf, type PlacedProcess } from "./process-look.ts";
import { stateWords } from "./process-words.ts";
import { page } from "./shell.tsx";
import { shortenMiddle, shownName } from "./shorten.ts";
import { actPageTexts as texts } from "./texts/act-page.ts";
import { actionTexts, manyTexts } from "./texts/actions.ts";
import { stateTexts } from "./texts/states.ts";
import type { AssetUrls, ViewContext } from "./view-context.ts";

const MOST_HOSTS = 12;

function subjectWords(subject: ActSubject): string {
  switch (subject.of) {
    case "group":
      return manyTexts.group(shownName(subject.name));
    case "supervisor":
      return manyTexts.supervisor(shownName(subject.name));
    case "filter":
      return texts.matching(shownName(subject.text));
  }
}

/** "Hosts: lid001, lid002" */
function hostWords(uids: readonly string[]): string {
  const hosts = [...new Set(uids.map(hostOf))];
  const more = hosts.length > MOST_HOSTS ? [actionTexts.more(hosts.length - MOST_HOSTS)] : [];
  return actionTexts.hosts([...hosts.slice(0, MOST_HOSTS).map((host) => shownName(host, 60)), ...more]);
}

const Target = ({ placed }: { placed: PlacedProcess }) => {
  const { uid } = placed.process;
  return (
    <li>
      <label>
        <input type="checkbox" name="uid" value={attributeText(uid)} checked autocomplete="off" />
        <span class={`shape ${lookOf(placed)}`}></span>
        <span class="line-name" safe>
          {shownName(uid)}
        </span>
        <span class="line-words" safe>
          {stateWords(placed)}
        </span>
      </label>
    </li>
  );
};

type Props = {
  readonly context: ViewContext;
  readonly assets: AssetUrls;
  readonly subject: ActSubject;
  /** one at least, without the agents */
  readonly placed: readonly PlacedProcess[];
  /** how many agents are left alone */
  readonly agents: number;
};

/** What is asked in a dialog elsewhere: of how many, where, and what to do with them. What is not meant is unticked. */
export const actPage = ({ context, assets, subject, placed, agents }: Props): string => {
  const { basePath, fleetName } = context;
  const uids = placed.map(({ process }) => process.uid);
  const title = texts.title(actionTexts.processes(uids.length), shownName(whereWords(uids.map(hostOf))));
  return page({
    ...{ context, assets, title: `${title}, ${shortenMiddle(fleetName, 60)}`, page: "message" },
    children: (
      <>
        <PlainBar context={context} />
        <main class="act-page">
          <h1 safe>{title}</h1>
          <p safe>{subjectWords(subject)}</p>
          <p safe>{hostWords(uids)}</p>
          {agents > 0 ? <p safe>{actionTexts.agentsLeft(agents)}</p> : null}
          <form method="post" action={`${basePath}/act/processes`}>
            <ul class="act-lines">
              {placed.map((one) => (
                <Target placed={one} />
              ))}
            </ul>
            <p class="act-acts">
              {(["start", "restart", "stop"] as const).map((action) => (
                <button type="submit" name="action" value={action} class={`worded ${action}`}>
                  {stateTexts.actions[action]}
                </button>
              ))}
              <a href={attributeText(subjectUrl(basePath, subject))}>{texts.cancel}</a>
            </p>
          </form>
        </main>
      </>
    ),
  });
};
