/** docs/images/prompt.svg: a real session at the prompt of a demo, seen in tmux. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const COLUMNS = 110;
const ROWS = 26;
const CHARACTER = { width: 8.43, height: 18 };
/** SGR colours, dark ground */
const COLOURS: Readonly<Record<number, string>> = {
  31: "#ff7b72",
  32: "#56d364",
  33: "#e3b341",
  35: "#d2a8ff",
  36: "#76e3ea",
};

type Style = { colour: string; bold: boolean; dim: boolean; reverse: boolean };
const PLAIN: Style = { colour: "#e6edf3", bold: false, dim: false, reverse: false };

function styleAfter(style: Style, codes: string): Style {
  let next = style;
  for (const code of codes.split(";").map(Number)) {
    if (code === 0) next = PLAIN;
    else if (code === 1) next = { ...next, bold: true };
    else if (code === 2) next = { ...next, dim: true };
    else if (code === 7) next = { ...next, reverse: true };
    else if (code === 39) next = { ...next, colour: PLAIN.colour };
    else next = { ...next, colour: COLOURS[code] ?? next.colour };
  }
  return next;
}

const escapeXml = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

function rowSvg(row: string, y: number): string {
  let style = PLAIN;
  let column = 0;
  const parts: string[] = [];
  for (const [, codes, text = ""] of row.matchAll(/\x1b\[([\d;]*)m|([^\x1b]+)/g)) {
    if (codes !== undefined) {
      style = styleAfter(style, codes);
      continue;
    }
    const x = 12 + column * CHARACTER.width;
    const width = text.length * CHARACTER.width;
    if (style.reverse)
      parts.push(`<rect x="${x}" y="${y - 14}" width="${width}" height="${CHARACTER.height}" fill="${PLAIN.colour}"/>`);
    const fill = style.reverse ? "#0d1117" : style.colour;
    const more = `${style.bold ? ' font-weight="bold"' : ""}${style.dim ? ' opacity="0.6"' : ""}`;
    // Blanks at the ends are not drawn, and must not be counted.
    const word = text.trim();
    const left = x + (text.length - text.trimStart().length) * CHARACTER.width;
    const length = word.length * CHARACTER.width;
    if (word !== "")
      parts.push(
        `<text x="${left}" y="${y}" fill="${fill}"${more} textLength="${length}">${escapeXml(word.replaceAll("  ", "\u00a0\u00a0"))}</text>`,
      );
    column += text.length;
  }
  return parts.join("");
}

function svg(rows: readonly string[]): string {
  const width = Math.round(COLUMNS * CHARACTER.width + 24);
  const height = rows.length * CHARACTER.height + 20;
  const lines = rows.map((row, i) => rowSvg(row, 24 + i * CHARACTER.height)).join("\n");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="ui-monospace, 'DejaVu Sans Mono', monospace" font-size="14" xml:space="preserve">
<rect width="100%" height="100%" rx="6" fill="#0d1117"/>
${lines}
</svg>
`;
}

async function seen(look: () => boolean, what: string): Promise<void> {
  for (const deadline = Date.now() + 20_000; !look(); await Bun.sleep(50))
    if (Date.now() > deadline) throw new Error(`waited 20 s for ${what}`);
}

const url = process.argv[2];
if (url === undefined) throw new Error("usage: prompt-picture.ts URL of a hub, of a demo for instance");
const home = mkdtempSync(join(tmpdir(), "prompt-"));
const tmux = (...words: string[]) =>
  Bun.spawnSync(["tmux", "-S", join(home, "tmux"), "-f", "/dev/null", ...words], {
    env: { ...process.env, HOME: home, XDG_STATE_HOME: undefined, TERM: "xterm-256color", LC_ALL: "C.UTF-8" },
  }).stdout.toString();
const screen = () => tmux("capture-pane", "-p");
const line = (text: string) => {
  tmux("send-keys", "-l", text);
  tmux("send-keys", "Enter");
};
try {
  tmux("new-session", "-d", "-x", String(COLUMNS), "-y", String(ROWS), `dist/multivisor cli --url ${url}`);
  await seen(() => screen().includes("│ live │"), "the prompt");
  tmux("send-keys", "C-l");
  line("status state:trouble");
  line("restart wcid00b");
  await seen(() => screen().includes("restarted"), "a restart");
  line("status PLC:*");
  await seen(() => /STARTING to RUNNING/.test(screen()), "a notification");
  tmux("send-keys", "-l", "stop lid001:V");
  tmux("send-keys", "Tab", "Tab");
  await seen(() => screen().includes("Vacuum:"), "a completion");
  await Bun.sleep(300);
  await Bun.write("docs/images/prompt.svg", svg(tmux("capture-pane", "-p", "-e").trimEnd().split("\n")));
} finally {
  tmux("kill-server");
  rmSync(home, { recursive: true, force: true });
}
