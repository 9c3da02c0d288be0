import { framedPage, type PageInput } from "./frame.tsx";
import { LogPanel } from "./log-panel.tsx";
import type { PlacedProcess } from "./process-look.ts";
import { ProcessHead } from "./process-parts.tsx";
import { shortenMiddle } from "./shorten.ts";

/** The log of one process, as high as the window. */
export function logPage({ placed, ...input }: PageInput & { readonly placed: PlacedProcess }): string {
  const { process } = placed;
  const { basePath } = input.context;
  return framedPage({
    ...input,
    title: `Log of ${shortenMiddle(process.name, 60)} on ${shortenMiddle(process.supervisor, 40)}`,
    page: "log",
    stream: `/live/process/${encodeURIComponent(process.uid.toWellFormed())}`,
    skip: { to: "log-lines", words: "Skip to the log" },
    children: (
      <>
        <ProcessHead placed={placed} nowMs={input.nowMs} basePath={basePath} />
        <LogPanel uid={process.uid} basePath={basePath} full />
      </>
    ),
  });
}
