import { expect, test } from "bun:test";
import { sourceFiles } from "./support/source-files.ts";
import { wordsInCode } from "./support/words-in-code.ts";

/** Names that are the same in every language, and what only a browser or the hub itself reads. */
const NAMES = /: (CSV|JSON|JSON lines|openapi\.json|\.?\*|\(prefers-color-scheme: \w+\)|… stale)\.?$/;

test("all that pages say stands in src/views/texts, so that a language can be added: of the server and of the browser's scripts", async () => {
  const code = (await sourceFiles()).filter(({ path, isTest }) => /^views\/(?!texts\/)/.test(path) && !isTest);
  expect(code.filter(({ path }) => path.startsWith("views/browser/")).length).toBeGreaterThan(30);
  const found = code.flatMap(({ path, text }) => wordsInCode(path, text));
  expect(found.filter((words) => !NAMES.test(words))).toEqual([]);
});

test.each([
  ['const x = <p title="Say it">Hello <b>{y}</b></p>;', ["Say it", "Hello"]],
  ["const x = <p class='some words' title={t.say}>{t.hello}</p>;", []],
  ['x.textContent = is ? "Gone" : t.here;', ["Gone"]],
  [`x.textContent = \`\${n} selected\`;`, ["… selected"]],
  ['x.setAttribute("aria-label", "Close"); x.setAttribute("role", "button");', ["Close"]],
  [`const words = { title: \`\${n} of them failed\` }; say("it is over");`, ["… of them failed", "it is over"]],
  [`x.className = \`note \${level}\`; y.classList.add('a b'); z.querySelector('.past svg');`, []],
  [`if (x === "two words" || y.startsWith("Cannot ")) throw new Error(\`no element #\${id}\`);`, []],
  [`const text = \`\${n} KiB\`; const row = \`<td class="a b">\${cell}</td>\`;`, []],
  ['const filter = "state:fatal,exited -state:trouble"; const words = "state: is bad";', ["state: is bad"]],
])("the rule itself, of %p", (code, words) => {
  expect(wordsInCode("x.tsx", code)).toEqual((words as string[]).map((one) => `x.tsx: ${one}`));
});
