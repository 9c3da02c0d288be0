type SortLike = { readonly column: string; readonly descending: boolean };

type Props = {
  readonly columns: readonly { readonly key: string; readonly word: string }[];
  readonly sort: SortLike;
  /** where the order of this name is shown */
  readonly url: (sort: string) => string;
};

/** Links, so that an order can be shared and needs no script; the script puts the rows in order on the spot. */
export const SortHeads = ({ columns, sort, url }: Props) => (
  <>
    {columns.map(({ key, word }) => {
      const isIt = sort.column === key;
      return (
        <th
          scope="col"
          class={`by-${key}`}
          {...(isIt ? { "aria-sort": sort.descending ? "descending" : "ascending" } : {})}
        >
          <a href={url(isIt && !sort.descending ? `-${key}` : key)} data-sort={key} safe>
            {word}
          </a>
        </th>
      );
    })}
  </>
);
