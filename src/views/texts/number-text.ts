/** Of the language of these texts. */
const FORMAT = new Intl.NumberFormat("en");

/** A count as it stands in a text: "12,345". */
export const numberText = (count: number): string => (count < 1_000 ? `${count}` : FORMAT.format(count));
