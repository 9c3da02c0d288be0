/**
 * How many rows a card has, digit by digit, so that the style sheet can reckon the card's height and pack the cards
 * without script and without inline style.
 * @param prefix `data-n` from the server, `data-c-n` where the browser's filter hides some
 */
export function rowCountAttributes(prefix: string, rows: number): Record<string, string> {
  const digit = (weight: number) => String(Math.floor(rows / weight) % 10);
  return {
    [`${prefix}0`]: digit(1),
    [`${prefix}1`]: digit(10),
    [`${prefix}2`]: digit(100),
    [`${prefix}3`]: digit(1000),
  };
}
