import { attributeText } from "./attribute-text.ts";
import { logTexts as texts } from "./texts/log.ts";
import { processUrl } from "./urls.ts";

export const LOG_CHANNELS = ["out", "err", "both"] as const;
export type LogChannel = (typeof LOG_CHANNELS)[number];

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

const CHANNEL_WORDS = { out: texts.stdout, err: texts.stderr, both: texts.both } as const;

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
  const raw = (of: string, which: string) =>
    `${basePath}/api/process/log/${which}/download/${encodeURIComponent(of.toWellFormed())}`;
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
          {isOne ? texts.title : texts.titleOfMany(logs.length)}
        </h2>
        <Tabs channel={channel} />
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
            <a class="log-word" id="log-download" href={raw(uid, channel === "err" ? "err" : "out")}>
              {texts.download}
            </a>
          ) : null}
          {!isOne ? null : full ? (
            <a class="log-word" href={processUrl(basePath, uid)}>
              {texts.process}
            </a>
          ) : (
            <a class="log-word" href={`${processUrl(basePath, uid)}/log`}>
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
                <span safe>{log.label}</span> <a href={raw(log.uid, "out")}>{texts.stdout}</a>{" "}
                <a href={raw(log.uid, "err")}>{texts.stderr}</a>{" "}
              </span>
            ))}
          </p>
        </noscript>
      </div>
    </section>
  );
};
