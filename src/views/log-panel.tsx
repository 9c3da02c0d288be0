import { attributeText } from "./attribute-text.ts";
import { logTexts as texts } from "./texts/log.ts";
import { processUrl, supervisorUrl } from "./urls.ts";

export const LOG_CHANNELS = ["out", "err", "both"] as const;
/** `main`: supervisord's own, and the uid is its name */
export type LogChannel = (typeof LOG_CHANNELS)[number] | "main";

type Props = {
  /** those that are shown together; one as a rule */
  readonly logs: readonly { readonly uid: string; readonly label: string }[];
  readonly channel: LogChannel;
  readonly basePath: string;
  /** url of the script that searches */
  readonly worker: string;
  /** as high as the window */
  readonly full: boolean;
  readonly readOnly: boolean;
};

const CHANNEL_WORDS = { out: texts.stdout, err: texts.stderr, both: texts.both, main: texts.titleOfMain } as const;

/** Where it is as text. */
const rawUrl = (basePath: string, uid: string, channel: LogChannel): string =>
  channel === "main"
    ? `${basePath}/api/supervisor/log/download/${encodeURIComponent(uid.toWellFormed())}`
    : `${basePath}/api/process/log/${channel === "err" ? "err" : "out"}/download/${encodeURIComponent(uid.toWellFormed())}`;

const Tabs = ({ channel }: { channel: LogChannel }) => (
  <fieldset class="log-tabs" aria-label={texts.which}>
    {LOG_CHANNELS.map((each) => (
      <button type="button" data-log-channel={each} aria-pressed={each === channel ? "true" : "false"}>
        {CHANNEL_WORDS[each]}
      </button>
    ))}
  </fieldset>
);

const Search = ({ isOne }: { isOne: boolean }) => (
  <>
    <input
      type="search"
      id="log-find"
      class="log-find"
      placeholder={texts.search}
      aria-label={texts.searchLabel}
      autocomplete="off"
      autocapitalize="off"
      spellcheck="false"
    />
    <button
      type="button"
      id="log-regex"
      class="log-word mono"
      aria-pressed="false"
      title={texts.regex}
      aria-label={texts.regex}
    >
      .*
    </button>
    <button
      type="button"
      id="log-previous"
      class="log-word step"
      title={`${texts.previous} (n)`}
      aria-label={texts.previous}
    >
      ↑
    </button>
    <button type="button" id="log-next" class="log-word step" title={`${texts.next} (N)`} aria-label={texts.next}>
      ↓
    </button>
    <output id="log-found" class="log-found"></output>
    <button type="button" id="log-further" class={isOne ? "log-word" : "log-word gone"} hidden>
      {texts.further}
    </button>
  </>
);

/** The script follows the logs in here; without it each is a link away, as text. */
export const LogPanel = ({ logs, channel, basePath, worker, full, readOnly }: Props) => {
  const [first] = logs;
  const uid = first?.uid ?? "";
  const isOne = logs.length === 1;
  const isMain = channel === "main";
  const home = isMain ? supervisorUrl(basePath, uid) : processUrl(basePath, uid);
  return (
    <section
      class={full ? "panel log full" : "panel log"}
      id="log"
      aria-labelledby="log-title"
      data-logs={attributeText(JSON.stringify(logs.map((log) => ({ uid: log.uid, label: log.label }))))}
      data-channel={channel}
      {...(isOne ? { "data-one": "" } : {})}
      data-worker={worker}
    >
      <header class="log-bar">
        <h2 id="log-title" safe>
          {isMain ? texts.titleOfMain : isOne ? texts.title : texts.titleOfMany(logs.length)}
        </h2>
        {isMain ? null : <Tabs channel={channel} />}
        <Search isOne={isOne} />
        <span class="log-acts">
          <button type="button" id="log-wrap" class="log-word" aria-pressed="false">
            {texts.wrap}
          </button>
          {isOne && !readOnly ? (
            <button type="button" id="log-clear" class="log-word">
              {texts.clear}
            </button>
          ) : null}
          {isOne ? (
            <a class="log-word" id="log-download" href={rawUrl(basePath, uid, channel)}>
              {texts.download}
            </a>
          ) : null}
          {!isOne ? null : full ? (
            <a class="log-word" href={home}>
              {isMain ? texts.supervisor : texts.process}
            </a>
          ) : (
            <a class="log-word" href={`${home}/log`}>
              {texts.full}
            </a>
          )}
          <button type="button" id="log-follow" class="log-word follow" aria-pressed="true">
            {texts.following}
          </button>
        </span>
      </header>
      <div id="log-lines" class="log-lines" tabindex="0" role="log" aria-live="off" aria-label={texts.title}>
        <noscript>
          <p class="none">
            {texts.without}{" "}
            {logs.map((log) => (
              <span>
                <span safe>{log.label}</span>
                {(isMain ? (["main"] as const) : (["out", "err"] as const)).map((each) => (
                  <>
                    {" "}
                    <a href={rawUrl(basePath, log.uid, each)}>{CHANNEL_WORDS[each]}</a>
                  </>
                ))}
              </span>
            ))}
          </p>
        </noscript>
      </div>
    </section>
  );
};
