import { page } from "./shell.tsx";
import type { AssetUrls, ViewContext } from "./view-context.ts";

type Props = {
  readonly context: ViewContext;
  readonly assets: AssetUrls;
  readonly title: string;
  readonly text: string;
};

/** Not found, and what else there is to say on a page of its own. */
export const messagePage = ({ context, assets, title, text }: Props): string =>
  page({
    context,
    assets,
    title: `${title}, ${context.fleetName}`,
    page: "message",
    children: (
      <main class="message">
        <h1 safe>{title}</h1>
        <p safe>{text}</p>
        <p>
          <a href={`${context.basePath}/`}>To the processes</a>
        </p>
      </main>
    ),
  });
