/**
 * What becomes of an action on processes: the POST with `wait=0` answers at once with its id (HubActionBegun), and
 * GET /api/actions/<id> tells how it stands (HubAction) for as long as the hub runs.
 */
import { type Static, Type } from "@sinclair/typebox";
import { ActionResult } from "./hub.ts";

export const HubActionBegun = Type.Object({ action: Type.String() });

const Status = Type.Union([Type.Literal("running"), Type.Literal("done"), Type.Literal("failed")]);

/** `action_changed` on /api/stream. */
export const HubActionChanged = Type.Object({ id: Type.String(), status: Status });
export type HubActionChanged = Static<typeof HubActionChanged>;

export const HubAction = Type.Object({
  status: Status,
  /** so far */
  results: Type.Array(ActionResult),
  /** of "failed": why it could not be done at all */
  error: Type.Union([Type.String(), Type.Null()]),
});
export type HubAction = Static<typeof HubAction>;
