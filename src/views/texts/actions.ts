/** What is said of an action on several while it goes on. */
export const progressTexts = {
  doing: { start: "Starting", restart: "Restarting", stop: "Stopping" },
  title: (doing: string, count: number, where: string) => `${doing} ${count} processes ${where}`,
  counted: (done: number, of: number, failed: number) => `${done} of ${of}${failed > 0 ? `, ${failed} failed` : ""}`,
  queued: "asked",
  more: (count: number) => `and ${count} more`,
  background: "Go on in the background",
  close: "Close",
  show: "Show",
  lost: "The hub does not answer; trying again.",
  forgotten: "the hub was started anew: what became of the rest is not known",
  group: {
    title: (name: string) => `Group ${name}`,
    open: (name: string) => `Actions on group ${name}`,
    logs: "Logs",
    history: "History",
    start: "Start all",
    restart: "Restart all",
    stop: "Stop all",
  },
} as const;
