import { attributeText } from "./attribute-text.ts";
import { emptyTexts as texts } from "./texts/empty.ts";

/** Where a filter leaves nothing; the script shows and hides it as one types. @param all url of the list without filter */
export const NoMatch = ({ filter, all, hidden }: { filter: string; all: string; hidden: boolean }) => (
  <section id="no-match" class="empty" hidden={hidden}>
    <h2>{texts.noMatch}</h2>
    <p>
      {texts.nothingMatches}{" "}
      <q id="no-match-text" title={attributeText(filter.slice(0, 300))} safe>
        {filter.slice(0, 100)}
      </q>
      .{" "}
      <a href={all} data-filter="">
        {texts.showAll}
      </a>
    </p>
  </section>
);
