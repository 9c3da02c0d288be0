import { ask } from "../../protocol/hub-request.ts";
import { readLogins, writeLogins } from "../account/saved-logins.ts";
import { defineCliCommand } from "../cli-command.ts";
import { loginFile } from "../environment.ts";

export const logout = defineCliCommand({
  name: "logout",
  summary: "End the session at the hub, and forget what login kept of it",
  examples: ["logout"],
  async run(context) {
    const url = context.hubUrl();
    const path = loginFile(context.env);
    const { current, hubs } = readLogins(path);
    if (hubs[url.base] === undefined) {
      context.err(`${url.base}: nothing to log out of`);
      return 0;
    }
    const { [url.base]: saved, ...others } = hubs;
    writeLogins(path, { current: current === url.base ? null : current, hubs: others });
    // The file is rid of it even where the hub cannot be told.
    if (saved?.cookie !== undefined)
      await ask(
        { base: url.base, authorization: null, cookie: saved.cookie },
        { method: "POST", path: "/api/logout", signal: context.signal },
      );
    await context.out(`${url.base}: logged out\n`);
    return 0;
  },
});
