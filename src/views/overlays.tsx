/** One dialog for every question; the script puts the words in. */
const ConfirmDialog = () => (
  <dialog id="confirm" aria-labelledby="confirm-title">
    <form method="dialog">
      <p class="dialog-title" id="confirm-title"></p>
      <p id="confirm-text"></p>
      <div class="dialog-acts">
        <button type="submit" value="no">
          Cancel
        </button>
        <button type="submit" value="yes" class="primary" id="confirm-yes"></button>
      </div>
    </form>
  </dialog>
);

/** For fingers: what a row offers, from below. */
const ActionSheet = () => (
  <dialog id="sheet" class="sheet" aria-labelledby="sheet-title">
    <form method="dialog">
      <p class="dialog-title" id="sheet-title"></p>
      <p id="sheet-text"></p>
      <div class="dialog-acts">
        <button type="submit" value="start">
          Start
        </button>
        <button type="submit" value="restart">
          Restart
        </button>
        <button type="submit" value="stop" class="danger">
          Stop
        </button>
        <button type="submit" value="">
          Close
        </button>
      </div>
    </form>
  </dialog>
);

const SelectionBar = () => (
  <section id="selection" class="selection" aria-label="Selection" hidden>
    <p>
      <b id="selection-count"></b> <span id="selection-where"></span>
    </p>
    <div class="selection-acts">
      <button type="button" data-bulk="start">
        Start
      </button>
      <button type="button" data-bulk="restart">
        Restart
      </button>
      <button type="button" data-bulk="stop" class="danger">
        Stop
      </button>
      <button
        type="button"
        class="clear"
        data-bulk="clear"
        aria-label="Clear selection"
        title="Clear selection"
      ></button>
    </div>
  </section>
);

/** What lies over the page; out of the reach of any update. */
export const Overlays = () => (
  <>
    <SelectionBar />
    <section class="notes" aria-label="Notifications">
      <ol id="notes" aria-live="polite"></ol>
    </section>
    <ConfirmDialog />
    <ActionSheet />
  </>
);
