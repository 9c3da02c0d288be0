import { attributeText } from "./attribute-text.ts";
import { emptyTexts as texts } from "./texts/empty.ts";

type Props = {
  readonly filter: string;
  /** url of the list without filter */
  readonly all: string;
  readonly hidden: boolean;
  /** what it is that does not match */
  readonly title?: string;
};

/** Where a filter leaves nothing; the script shows and hides it as one types. */
export const NoMatch = ({ filter, all, hidden, title = texts.noMatch }: Props) => (
  <section id="no-match" class="empty" hidden={hidden}>
    <h2 safe>{title}</h2>
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
