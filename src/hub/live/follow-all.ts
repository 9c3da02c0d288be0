import type { FleetView } from "../fleet-view.ts";
import { later } from "./later.ts";
import type { PageView } from "./page-stream.ts";

/**
 * For pages that any change concerns, told at once and once more: what is known of an end comes after it, and is
 * written a moment later.
 */
export function followAll(fleet: FleetView): Pick<PageView, "open" | "close"> {
  let end = () => {};
  return {
    open(onChange) {
      const again = later(onChange);
      const unsubscribe = fleet.subscribe((change) => {
        if (change.kind === "notification") return;
        onChange();
        again.start();
      });
      end = () => {
        unsubscribe();
        again.stop();
      };
    },
    close: () => end(),
  };
}
