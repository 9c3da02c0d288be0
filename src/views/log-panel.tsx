import { attributeText } from "./attribute-text.ts";
import { processUrl } from "./urls.ts";

type Props = { readonly uid: string; readonly basePath: string; readonly full: boolean };

/** The script follows the log in here; without it the log is a link away, as text. */
export const LogPanel = ({ uid, basePath, full }: Props) => {
  const raw = (channel: string) =>
    `${basePath}/api/process/log/${channel}/download/${encodeURIComponent(uid.toWellFormed())}`;
  return (
    <section
      class={full ? "panel log full" : "panel log"}
      id="log"
      aria-labelledby="log-title"
      data-log={attributeText(uid)}
      data-channel="out"
    >
      <header class="log-bar">
        <h2 id="log-title">Log</h2>
        <fieldset class="log-tabs" aria-label="Which log">
          <button type="button" data-log-channel="out" aria-pressed="true">
            stdout
          </button>
          <button type="button" data-log-channel="err" aria-pressed="false">
            stderr
          </button>
        </fieldset>
        <input
          type="search"
          id="log-find"
          class="log-find"
          placeholder="Search"
          aria-label="Search in the log"
          autocomplete="off"
          spellcheck="false"
        />
        <output id="log-found" class="log-found"></output>
        <button type="button" id="log-wrap" class="log-word" aria-pressed="false">
          Wrap
        </button>
        <a class="log-word" id="log-download" href={raw("out")}>
          Download
        </a>
        {full ? (
          <a class="log-word" href={processUrl(basePath, uid)}>
            Process
          </a>
        ) : (
          <a class="log-word" href={`${processUrl(basePath, uid)}/log`}>
            Full page
          </a>
        )}
        <button type="button" id="log-follow" class="log-word follow" aria-pressed="true">
          Following
        </button>
      </header>
      <div id="log-lines" class="log-lines" tabindex="0" role="log" aria-live="off" aria-label="Log">
        <noscript>
          <p class="none">
            Without scripts the log does not follow. Read it as text: <a href={raw("out")}>stdout</a>,{" "}
            <a href={raw("err")}>stderr</a>
          </p>
        </noscript>
      </div>
    </section>
  );
};
