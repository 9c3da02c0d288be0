import { Nav } from "./nav.tsx";
import { shortenMiddle } from "./shorten.ts";
import { barTexts as texts } from "./texts/bar.ts";
import type { ViewContext } from "./view-context.ts";

/** Over pages that do not follow the fleet: where one is, and the way back. */
export const PlainBar = ({ context }: { context: ViewContext }) => (
  <header class="bar plain">
    <p class="brand">
      <a href={`${context.basePath}/`} safe>
        {shortenMiddle(context.fleetName, 40)}
      </a>
    </p>
    <Nav basePath={context.basePath} page="message" admin={context.admin === true} />
    <div class="bar-end">
      <button
        type="button"
        class="icon theme"
        data-theme-switch=""
        aria-label={texts.themes.system}
        title={texts.themes.system}
      ></button>
    </div>
  </header>
);
