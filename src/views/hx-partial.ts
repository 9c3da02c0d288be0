import { html } from "./html.ts";

/**
 * One piece of an update for htmx: several of them make a message.
 * @param targetId of ours, safe in a selector
 * @param swap outerMorph replaces the element, innerMorph its content; both keep focus and what the browser owns
 */
export function hxPartial(targetId: string, swap: "outerMorph" | "innerMorph", content: JSX.Element): string {
  // htmx rewrites every "<hx-" of a message before it parses it; none but ours may be there.
  const safe = html(content).replaceAll(/<(?=\/?(?:hx-|head\b))/gi, "&lt;");
  return `<hx-partial hx-target="#${targetId}" hx-swap="${swap}">${safe}</hx-partial>`;
}
