import { manyTexts, sheetTexts } from "./texts/actions.ts";
import { noticeTexts } from "./texts/notices.ts";
import { overlayTexts as texts } from "./texts/overlays.ts";
import { paletteTexts } from "./texts/palette.ts";
import { stateTexts } from "./texts/states.ts";

/** One dialog for every question; the script puts the words in. */
const ConfirmDialog = () => (
  <dialog id="confirm" aria-labelledby="confirm-title">
    <form method="dialog">
      <p class="dialog-title" id="confirm-title"></p>
      <p id="confirm-text"></p>
      <div class="dialog-acts">
        <button type="submit" value="no">
          {texts.cancel}
        </button>
        <button type="submit" value="yes" class="primary" id="confirm-yes"></button>
      </div>
    </form>
  </dialog>
);

/** How an action on several goes; the script fills it in. */
const ProgressDialog = () => (
  <dialog id="progress" class="progress" aria-labelledby="progress-title">
    <form method="dialog">
      <p class="dialog-title" id="progress-title"></p>
      <p id="progress-words" role="status" aria-live="polite"></p>
      <progress id="progress-bar" max="1" value="0" aria-labelledby="progress-title"></progress>
      <ul id="progress-list" tabindex="0" aria-labelledby="progress-title"></ul>
      <p id="progress-more"></p>
      <div class="dialog-acts">
        <button type="submit" value="" id="progress-close" class="primary"></button>
      </div>
    </form>
  </dialog>
);

type OverlaysProps = {
  /** who looks may not act */
  readonly readOnly: boolean;
};

const READING = ["logs", "history"] as const;
const ACTING = ["start", "restart", "stop"] as const;

/** What is offered for all of a group or of a supervisor; one for all of them, by danger. */
const ManyMenu = () => (
  <div id="many-menu" class="menu" popover="auto" role="menu" aria-labelledby="many-menu-title">
    <p id="many-menu-title"></p>
    {READING.map((what) => (
      <button type="button" role="menuitem" data-many-act={what}>
        {manyTexts.acts[what]}
      </button>
    ))}
    {ACTING.map((what) => (
      <button type="button" role="menuitem" data-many-act={what} class={`acting ${what}`}>
        {manyTexts.acts[what]}
      </button>
    ))}
  </div>
);

/** For fingers: what a row offers, from below, by danger. */
const ActionSheet = () => (
  <dialog id="sheet" class="sheet" aria-labelledby="sheet-title">
    <form method="dialog">
      <p class="dialog-title" id="sheet-title"></p>
      <p id="sheet-text"></p>
      <div class="dialog-acts">
        {SHEET.map((what) => (
          <button type="submit" value={what}>
            {sheetTexts[what]}
          </button>
        ))}
        {ACTING.map((what) => (
          <button type="submit" value={what} class={`acting ${what}`}>
            {stateTexts.actions[what]}
          </button>
        ))}
        <button type="submit" value="">
          {texts.close}
        </button>
      </div>
    </form>
  </dialog>
);
const SHEET = ["log", "details"] as const;

const SelectionBar = () => (
  <section id="selection" class="selection" aria-label={texts.selection} hidden>
    <p>
      <b id="selection-count"></b> <span id="selection-where"></span>
    </p>
    <button type="button" id="selection-all" data-bulk="all" hidden></button>
    <div class="selection-acts">
      <button type="button" data-bulk="logs">
        {manyTexts.acts.logs}
      </button>
      {ACTING.map((what) => (
        <button type="button" data-bulk={what} class={`acting ${what}`}>
          {stateTexts.actions[what]}
        </button>
      ))}
      <button
        type="button"
        class="clear"
        data-bulk="clear"
        aria-label={texts.clearSelection}
        title={texts.clearSelection}
      ></button>
    </div>
  </section>
);

const Palette = ({ readOnly }: OverlaysProps) => (
  <dialog id="palette" class="palette" aria-label={paletteTexts.title}>
    <input
      id="palette-input"
      type="text"
      role="combobox"
      aria-expanded="true"
      aria-controls="palette-list"
      aria-autocomplete="list"
      aria-label={paletteTexts.label}
      placeholder={readOnly ? paletteTexts.placeholderRead : paletteTexts.placeholder}
      autocomplete="off"
      autocapitalize="off"
      spellcheck="false"
    />
    <div id="palette-list" class="palette-list" role="listbox" aria-label={paletteTexts.found}></div>
    <p id="palette-none" class="none" hidden>
      {paletteTexts.none}
    </p>
  </dialog>
);

const Help = () => (
  <dialog id="help" aria-labelledby="help-title">
    <form method="dialog">
      <p class="dialog-title" id="help-title">
        {texts.keys}
      </p>
      <dl class="keys">
        {texts.keyMeanings.map(([keys, what, acts = ""]) => (
          <div class={acts}>
            <dt>{keys}</dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <div class="dialog-acts">
        <button type="submit">{texts.close}</button>
      </div>
    </form>
  </dialog>
);

/** A list that opens below the bell. */
const Notices = () => (
  <section id="notices" class="notices" popover="auto" aria-label={noticeTexts.title}>
    <header>
      <h2>{noticeTexts.title}</h2>
      <button type="button" id="notices-clear" class="log-word">
        {noticeTexts.clear}
      </button>
    </header>
    <ol id="notices-list"></ol>
    <p id="notices-none" class="none">
      {noticeTexts.none}
    </p>
  </section>
);

/** What lies over the page; out of the reach of any update. */
export const Overlays = ({ readOnly }: OverlaysProps) => (
  <>
    <SelectionBar />
    <section class="notes" aria-label={noticeTexts.title}>
      <ol id="notes" aria-live="polite"></ol>
    </section>
    <ConfirmDialog />
    <ProgressDialog />
    <ManyMenu />
    <ActionSheet />
    <Palette readOnly={readOnly} />
    <Help />
    <Notices />
  </>
);
