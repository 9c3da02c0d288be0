import { multivisor } from "./executable.ts";
import type { TestPlace } from "./test-place.ts";
import { openTmux, type TmuxScreen } from "./tmux.ts";

/** A prompt that has connected. */
export async function openPrompt(
  place: TestPlace,
  hub: { readonly url: string },
  size: { columns?: number; rows?: number } = {},
): Promise<TmuxScreen> {
  const screen = openTmux(place, multivisor("cli", "--url", hub.url), { columns: 110, ...size });
  await screen.sees(/^multivisor>$/m);
  await screen.sees("│ live │");
  return screen;
}

/** What stands behind the last prompt. */
export const typed = (screen: TmuxScreen): string =>
  screen
    .lines()
    .findLast((line) => line.startsWith("multivisor>"))
    ?.slice("multivisor>".length)
    .trim() ?? "";

export const bar = (screen: TmuxScreen, rows = 30): string => screen.lines()[rows - 1] ?? "";
