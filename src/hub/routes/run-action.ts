import { messageOf } from "../../domain/errors.ts";
import type { ProcessUid } from "../../domain/names.ts";
import type { Logger } from "../../lib/logger.ts";
import type { ActionLog, ActionProgress, ActionResult } from "../actions/action-log.ts";
import type { ProcessResult } from "../actions/action-result.ts";
import type { Requester } from "../actions/requester.ts";
import { type Chosen, selectProcesses, type Wanted } from "../actions/select-processes.ts";
import { notTheirs } from "../actions/supervisor-actions.ts";
import { resolveTargets } from "../actions/targets.ts";
import { actionAnswer, begunAnswer } from "./action-answer.ts";
import { formFlag, formList, formText, optionalList } from "./form-list.ts";

type Asked = { readonly request: Request; readonly body: unknown };

type ActOnProcesses = (
  patterns: readonly string[],
  by: Requester,
  progress: ActionProgress,
) => Promise<ProcessResult[]>;

/** Does what a request asks for, and answers as it wants to be answered. */
export type RunAction = {
  /** @param act gets exact uids or the patterns as they came */
  readonly onProcesses: (
    asked: Asked,
    what: string,
    act: ActOnProcesses,
    wanted?: Partial<Wanted>,
  ) => Promise<Response>;
  /** Waits for nothing. @returns the action's id. @throws MultivisorError BAD_REQUEST */
  readonly begin: (request: Request, what: string, uids: readonly string[], act: ActOnProcesses) => string;
  readonly onSupervisors: (
    asked: Asked,
    what: string,
    act: (names: readonly string[], by: Requester, progress: ActionProgress) => Promise<readonly ActionResult[]>,
  ) => Promise<Response>;
};

export function createRunAction(deps: {
  readonly who: (request: Request) => Requester;
  readonly actions: ActionLog;
  readonly log: Logger;
}): RunAction {
  const { who, actions, log } = deps;

  async function answer(
    { request, body }: Asked,
    about: { what: string; targets: readonly string[]; user: string | null },
    act: (progress: ActionProgress) => Promise<readonly ActionResult[]>,
  ): Promise<Response> {
    const { id, done } = actions.start(about, act);
    if (formFlag(body, "wait") !== false) return actionAnswer(request, await done, { action: id });
    letGo(about.what, done);
    return begunAnswer(request, id);
  }

  const letGo = (what: string, done: Promise<unknown>) =>
    void done.catch((error) => log.warn(`${what}: ${messageOf(error)}`));

  return {
    begin(request, what, uids, act) {
      const by = who(request);
      const { patterns } = selectProcesses(by.view, { ...NOTHING, uids });
      const about = { what, targets: uids, user: by.account.name };
      const { id, done } = actions.start(about, (progress) => act(patterns, by, progress));
      letGo(what, done);
      return id;
    },
    async onProcesses(asked, what, act, wanted) {
      const by = who(asked.request);
      const given =
        wanted === undefined ? wantedOf(asked) : { ...NOTHING, filter: formText(asked.body, "filter"), ...wanted };
      const chosen = selectProcesses(by.view, given);
      if (formFlag(asked.body, "dry_run") === true)
        return actionAnswer(asked.request, rehearse(chosen, by), { dry_run: true });
      const targets = [...given.uids, ...given.groups, ...given.supervisors, given.filter].filter((t) => t !== "");
      return answer(asked, { what, targets, user: by.account.name }, async (progress) => {
        for (const refusal of chosen.refused) progress.result(refusal);
        const results = chosen.patterns.length === 0 ? [] : await act(chosen.patterns, by, progress);
        return [...results, ...chosen.refused];
      });
    },
    async onSupervisors(asked, what, act) {
      const by = who(asked.request);
      const names = formList(asked, "supervisor");
      if (formFlag(asked.body, "dry_run") === true) {
        const known = names.map((supervisor) => rehearsed(supervisor, by));
        return actionAnswer(asked.request, known, { dry_run: true });
      }
      return answer(asked, { what, targets: names, user: by.account.name }, (progress) => act(names, by, progress));
    },
  };
}

const NOTHING: Wanted = { uids: [], filter: "", groups: [], supervisors: [] };

/** @throws MultivisorError BAD_REQUEST where neither uid nor filter is given */
const wantedOf = (asked: Asked): Wanted => ({
  ...NOTHING,
  uids: formText(asked.body, "filter") === "" ? formList(asked, "uid") : optionalList(asked, "uid"),
  filter: formText(asked.body, "filter"),
});

/** What would be acted on, as it is now. */
function rehearse({ patterns, refused }: Chosen, { view }: Requester): ProcessResult[] {
  const targets = resolveTargets(view, patterns);
  const would = targets.processes.map(({ uid, state }) => ({ uid: uid as ProcessUid, ok: true, state }) as const);
  return [...would, ...targets.refused, ...refused];
}

function rehearsed(supervisor: string, by: Requester): ActionResult {
  if (by.view.supervisors().has(supervisor)) return notTheirs(by, supervisor) ?? { supervisor, ok: true };
  return { supervisor, ok: false, code: "BAD_NAME", message: `no such supervisor: ${supervisor}` };
}
