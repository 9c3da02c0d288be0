import { MultivisorError } from "../domain/errors.ts";
import type { Requester } from "./actions/requester.ts";
import type { Auth } from "./auth/auth.ts";
import type { FleetViews } from "./fleet-views.ts";

/** On whose behalf a request acts. Asked after the guard, which let it in. @throws MultivisorError where it did not */
export const createWho =
  (deps: { readonly auth: Auth; readonly viewOf: FleetViews; readonly clientAddress: (request: Request) => string }) =>
  (request: Request): Requester => {
    const account = deps.auth.account(request);
    if (account === null) throw new MultivisorError("FORBIDDEN", "Not permitted: nobody is logged in");
    return { account, address: deps.clientAddress(request), view: deps.viewOf(account.access) };
  };
