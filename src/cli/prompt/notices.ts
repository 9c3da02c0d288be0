import { messageOf } from "../../domain/errors.ts";
import { printable } from "../../lib/printable.ts";
import type { HubNotification } from "../../protocol/hub.ts";
import type { LiveFleet } from "../follow/live-fleet.ts";
import { type Colour, paint } from "../output/colours.ts";
import { barText, clock } from "./bar.ts";
import type { Screen } from "./screen.ts";

const EVERY_MS = 100;
/** A host that goes down takes hundreds of processes with it: nobody reads that many lines. */
const MOST_LINES = 10;

const COLOUR: Readonly<Record<string, Colour | null>> = { ERROR: "red", WARNING: "yellow", INFO: null, DEBUG: "dim" };

type Deps = {
  readonly fleet: LiveFleet;
  readonly screen: Screen;
  readonly base: string;
  readonly colour: boolean;
  /** a command has the terminal: its output is not to be torn */
  readonly isBusy: () => boolean;
};

/** The bar, and the lines above the one that is typed. @returns to be called at the end */
export function showNotices({ fleet, screen, base, colour, isBusy }: Deps): () => void {
  let last: HubNotification | null = null;
  let lines: string[] = [];
  let left = 0;
  let isDirty = true;
  let wasLost = false;
  const add = (text: string, tint: Colour | null) => {
    if (lines.length < MOST_LINES) lines.push(paint(printable(text), tint, colour));
    else left++;
  };
  const unsubscribe = fleet.subscribe((news) => {
    isDirty = true;
    if (news.kind === "notification") {
      last = news.notification;
      add(`${clock(last.time)} ${last.message}`, COLOUR[last.level] ?? null);
    } else if (news.kind === "lost" && !wasLost) {
      wasLost = true;
      add(`${messageOf(news.error)}; trying again`, "red");
    } else if (news.kind === "connected" && wasLost) {
      wasLost = false;
      add("connected again", "green");
    }
  });
  const flush = () => {
    if (isDirty) screen.setBar(barText(fleet, base, last));
    isDirty = false;
    if (isBusy() || lines.length === 0) return;
    screen.print(left > 0 ? [...lines, `… and ${left} more`] : lines);
    lines = [];
    left = 0;
  };
  const timer = setInterval(flush, EVERY_MS);
  flush();
  return () => {
    clearInterval(timer);
    unsubscribe();
  };
}
