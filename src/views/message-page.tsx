import { attributeText } from "./attribute-text.ts";
import { PlainBar } from "./plain-bar.tsx";
import { page } from "./shell.tsx";
import { messageTexts as texts } from "./texts/message.ts";
import type { AssetUrls, ViewContext } from "./view-context.ts";

export type Message = {
  readonly title: string;
  readonly text: string;
  /** where there is more of it; without the base path */
  readonly more?: { readonly path: string; readonly words: string };
};

type Props = Message & { readonly context: ViewContext; readonly assets: AssetUrls };

/** Not found, and what else there is to say on a page of its own. */
export const messagePage = ({ context, assets, title, text, more }: Props): string =>
  page({
    context,
    assets,
    title: `${title}, ${context.fleetName}`,
    page: "message",
    children: (
      <>
        <PlainBar context={context} />
        <main class="message">
          <h1 safe>{title}</h1>
          <p safe>{text}</p>
          <p class="message-acts">
            {more === undefined ? null : (
              <a class="worded" href={attributeText(context.basePath + more.path)} safe>
                {more.words}
              </a>
            )}
            <a class="worded" href={`${context.basePath}/`}>
              {texts.toGroups}
            </a>
          </p>
        </main>
      </>
    ),
  });
