/** What the page of the history says of its picture. */
export const histogramTexts = {
  name: "What happened",
  slider: "Part of the time to be shown",
  over: (from: string, to: string) => `${from} to ${to}`,
  brush: "Drag over a part to see that part alone; with the keyboard: arrows move, Shift and arrows widen, Enter shows",
  chosen: (from: string, to: string) => `${from} to ${to}: Enter shows it`,
} as const;
