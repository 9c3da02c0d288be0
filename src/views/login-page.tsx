import { attributeText } from "./attribute-text.ts";
import { page } from "./shell.tsx";
import { loginTexts as texts } from "./texts/message.ts";
import type { AssetUrls, ViewContext } from "./view-context.ts";

type Props = {
  readonly context: ViewContext;
  readonly assets: AssetUrls;
  /** what was wrong the last time; null: first time */
  readonly problem: string | null;
  readonly username: string;
  /** where to go then; a path of ours */
  readonly next: string;
};

/** A form that needs no script; the script only spares the reload. */
export const loginPage = ({ context, assets, problem, username, next }: Props): string =>
  page({
    context,
    assets,
    title: texts.title(context.fleetName),
    page: "login",
    children: (
      <main class="login">
        <form method="post" action={`${context.basePath}/login`} data-login={`${context.basePath}/api/login`}>
          <h1 safe>{context.fleetName}</h1>
          <label for="username">{texts.user}</label>
          <input
            id="username"
            name="username"
            value={attributeText(username)}
            autocomplete="username"
            autocapitalize="off"
            spellcheck="false"
            required
            autofocus
          />
          <label for="password">{texts.password}</label>
          <input
            id="password"
            name="password"
            type="password"
            autocomplete="current-password"
            required
            aria-describedby="problem"
          />
          <input type="hidden" name="next" value={attributeText(next)} />
          <p id="problem" class="problem" role="alert" safe>
            {problem ?? ""}
          </p>
          <button type="submit" class="primary">
            {texts.logIn}
          </button>
        </form>
      </main>
    ),
  });
