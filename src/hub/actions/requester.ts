import type { Account } from "../../domain/access.ts";
import type { FleetView } from "../fleet-view.ts";

/** On whose behalf something is done. */
export type Requester = {
  readonly account: Account;
  /** of the client's end of the connection; "": not known */
  readonly address: string;
  /** what they may see and touch; everything else does not exist for them */
  readonly view: FleetView;
};
