const DAY_MS = 86_400_000;
const clock = new Intl.DateTimeFormat(undefined, {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
});
const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });

const moments = document.getElementsByClassName("at") as HTMLCollectionOf<HTMLElement>;

/** In the reader's zone: the time of today, the day before what is older. */
export function showLocalTimes(): void {
  const today = new Date().toDateString();
  for (const element of moments) {
    const { at } = element.dataset;
    if (at === undefined) continue;
    const date = new Date(Number(at));
    const text =
      date.toDateString() === today || Date.now() - Number(at) < DAY_MS / 4
        ? clock.format(date)
        : `${day.format(date)} ${clock.format(date)}`;
    const node = element.firstChild;
    if (node !== null && node.nodeValue !== text) node.nodeValue = text;
  }
}
