import type { Answered } from "./search-worker.ts";

const DEADLINE_MS = 1_500;

export type RegexFound =
  | { readonly found: Answered["found"] }
  | { readonly problem: "slow" | "wrong"; readonly words: string };

/** Asks a worker, which is ended when it takes too long. @param url of its script */
export function createRegexSearch(url: string) {
  let worker: Worker | null = null;
  let turn = 0;

  return (source: string, texts: readonly string[], most: number): Promise<RegexFound> => {
    try {
      new RegExp(source, "giu");
    } catch (error) {
      return Promise.resolve({ problem: "wrong", words: error instanceof Error ? error.message : String(error) });
    }
    worker ??= new Worker(url);
    const asked = worker;
    const mine = ++turn;
    return new Promise((resolve) => {
      const end = (answer: RegexFound) => {
        clearTimeout(timer);
        asked.removeEventListener("message", hear);
        resolve(answer);
      };
      const hear = ({ data }: MessageEvent<Answered>) => data.turn === mine && end(data);
      const timer = setTimeout(() => {
        asked.terminate();
        if (worker === asked) worker = null;
        end({ problem: "slow", words: "" });
      }, DEADLINE_MS);
      asked.addEventListener("message", hear);
      asked.postMessage({ turn: mine, source, texts, most });
    });
  };
}
