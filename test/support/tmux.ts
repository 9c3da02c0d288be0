import { readFileSync } from "node:fs";
import type { TestPlace } from "./test-place.ts";
import { waitFor } from "./wait-for.ts";

export type TmuxScreen = {
  /** tmux's names of keys (`Enter`, `C-c`, `Tab`), or text */
  readonly keys: (...keys: string[]) => void;
  /** text as it is */
  readonly type: (text: string) => void;
  /** as a terminal pastes into a program that has asked for marks around it */
  readonly paste: (text: string) => void;
  /** what is seen, lines without blanks at their end */
  readonly lines: () => string[];
  /** with colours, as escape sequences */
  readonly coloured: () => string;
  readonly sees: (what: string | RegExp, timeoutMs?: number) => Promise<void>;
  readonly resize: (columns: number, rows: number) => void;
  readonly hasEnded: () => boolean;
  /** of the program that runs */
  readonly childPid: () => number;
  /** as when its window is closed */
  readonly close: () => void;
};

let screens = 0;

/** A terminal of its own in which `words` run. */
export function openTmux(
  place: TestPlace,
  words: readonly string[],
  { columns = 100, rows = 30, env = {} }: { columns?: number; rows?: number; env?: Record<string, string> } = {},
): TmuxScreen {
  const server = place.path(`tmux${++screens}.sock`);
  const tmux = (...args: string[]) => {
    const { stdout, exitCode, stderr } = Bun.spawnSync(["tmux", "-S", server, "-f", "/dev/null", ...args], {
      env: { ...place.env, TERM: "xterm-256color", LC_ALL: "C.UTF-8", ...env },
    });
    return { text: stdout.toString(), exitCode, problem: stderr.toString() };
  };
  const size = ["-x", String(columns), "-y", String(rows)];
  const command = words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(" ");
  const begun = tmux(
    "new-session",
    "-d",
    ...size,
    `${command}; echo "ended with $?"; stty -a | grep -o -- '-\\?echo '; cat`,
  );
  if (begun.exitCode !== 0) throw new Error(`tmux: ${begun.problem}`);
  place.defer(() => void tmux("kill-server"));
  const lines = () =>
    tmux("capture-pane", "-p")
      .text.split("\n")
      .map((line) => line.trimEnd());
  return {
    keys: (...keys) => void tmux("send-keys", ...keys),
    paste(text) {
      tmux("set-buffer", text);
      tmux("paste-buffer", "-p");
    },
    type: (text) => void tmux("send-keys", "-l", text),
    lines,
    coloured: () => tmux("capture-pane", "-p", "-e").text,
    async sees(what, timeoutMs = 30_000) {
      const isThere = () => {
        const text = lines().join("\n");
        return typeof what === "string" ? text.includes(what) : what.test(text);
      };
      await waitFor(() => `${what} in\n${lines().join("\n")}`, isThere, timeoutMs);
    },
    resize: (wide, high) => void tmux("resize-window", "-x", String(wide), "-y", String(high)),
    childPid() {
      const shell = tmux("display-message", "-p", "#{pane_pid}").text.trim();
      return Number(readFileSync(`/proc/${shell}/task/${shell}/children`, "utf8").trim().split(" ")[0]);
    },
    close: () => void tmux("kill-server"),
    hasEnded: () => lines().some((line) => line.startsWith("ended with")),
  };
}
