import { type Message, messagePage } from "../views/message-page.tsx";
import { messageTexts as texts } from "../views/texts/message.ts";
import type { AssetUrls, ViewContext } from "../views/view-context.ts";
import { pageResponse } from "./page-response.ts";

/** Answers an error as a page, to whoever wants one; null: they want it as data. */
export type ErrorPage = (request: Request, status: number, message: string) => Response | null;

type Deps = { readonly context: (request: Request) => ViewContext; readonly assets: { readonly urls: AssetUrls } };

export const messageResponse = ({ context, assets }: Deps, request: Request, status: number, message: Message) =>
  pageResponse(messagePage({ context: context(request), assets: assets.urls, ...message }), request, status);

/** A person's browser on its way to a page; what programs ask for is answered in their language. */
const wantsPage = (request: Request, basePath: string): boolean =>
  /\btext\/html\b/.test(request.headers.get("accept") ?? "") &&
  !/^\/(api|live)\//.test(new URL(request.url).pathname.slice(basePath.length));

export const createErrorPage =
  (deps: Deps, basePath: string): ErrorPage =>
  (request, status, message) => {
    if (!wantsPage(request, basePath)) return null;
    const title = status === 404 ? texts.notFound : status === 403 ? texts.notPermitted : texts.failed;
    return messageResponse(deps, request, status, { title, text: status === 404 ? texts.nothingHere : message });
  };
