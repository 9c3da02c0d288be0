import { MultivisorError } from "../../domain/errors.ts";
import type { HubClient } from "../../protocol/hub-client.ts";
import { createHubClient } from "../../protocol/hub-client.ts";
import type { HubUrl } from "../../protocol/hub-url.ts";
import { parseHubUrl } from "../../protocol/hub-url.ts";
import { readLogins, type SavedLogin, writeLogins } from "../account/saved-logins.ts";
import { type CliContext, defineCliCommand } from "../cli-command.ts";
import { loginFile } from "../environment.ts";

export const login = defineCliCommand({
  name: "login",
  summary: "Log in at a hub, and ask this one from now on",
  details: [
    "Keeps the address and the session, or the token of --token-file, in $XDG_CONFIG_HOME/multivisor/cli.json (~/.config), which nobody else may read. The password itself is not kept.",
    "The password is asked for on a terminal, else it is the first line of stdin.",
  ],
  examples: ["login hub.example.org --username ann", "login https://hub.example.org --token-file token"],
  args: {
    username: { type: "string", alias: "u", valueHint: "NAME", description: "Who you are; asked for on a terminal" },
  },
  words: { usage: "[URL]", completes: ["nothing"], most: 1 },
  exitCodes: [[1, "wrong name or password"]],
  async run(context, { username }, [word]) {
    const url = addressed(context, word);
    const hub = createHubClient(url);
    const saved = await enter(context, hub, url, username);
    const path = loginFile(context.env);
    const { hubs } = readLogins(path);
    writeLogins(path, { current: url.base, hubs: { ...hubs, [url.base]: saved } });
    await context.out(`${url.base}: ${Object.keys(saved).length === 0 ? "no login needed" : "logged in"}\n`);
    return 0;
  },
});

/** The word in the place of `--url`; nothing of an earlier login of another hub goes along. */
function addressed(context: CliContext, word: string | undefined): HubUrl {
  const { base, authorization } = context.hubUrl();
  if (word === undefined) return { base, authorization };
  const url = parseHubUrl(word);
  return { ...url, authorization: url.authorization ?? (authorization?.startsWith("Bearer ") ? authorization : null) };
}

async function enter(
  context: CliContext,
  hub: HubClient,
  url: HubUrl,
  username: string | undefined,
): Promise<SavedLogin> {
  const auth = (await (await hub.fetch({ path: "/api/auth", signal: context.signal })).json()) as {
    use_authentication?: boolean;
  };
  if (auth.use_authentication !== true) return {};
  if (url.authorization !== null && username === undefined) {
    await hub.data(context.signal);
    return { authorization: url.authorization };
  }
  const name = username ?? (context.terminal.canAsk ? await context.askText("username: ", false) : null);
  if (!name) throw new MultivisorError("BAD_CONFIG", "login: say who you are with --username");
  const password = await context.askText(context.terminal.canAsk ? "password: " : "", context.terminal.canAsk);
  if (!password) throw new MultivisorError("BAD_CONFIG", "login: there is no password on stdin");
  return { cookie: await session({ ...url, authorization: null }, { username: name, password }, context.signal) };
}

/** @throws MultivisorError UNAUTHORIZED in the hub's words */
async function session(url: HubUrl, form: Record<string, string>, signal: AbortSignal): Promise<string> {
  const { ask } = await import("../../protocol/hub-request.ts");
  const answer = await ask(url, { method: "POST", path: "/api/login", form, signal });
  const cookie = answer.headers.getSetCookie()[0]?.split(";", 1)[0];
  if (answer.ok && cookie) return cookie;
  const said = (await answer.json().catch(() => null)) as { message?: string; errors?: Record<string, string> } | null;
  const [problem] = Object.values(said?.errors ?? {});
  throw new MultivisorError("UNAUTHORIZED", problem ?? said?.message ?? `${url.base} answered HTTP ${answer.status}`);
}
