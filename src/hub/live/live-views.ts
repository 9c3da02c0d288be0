import type { FleetView } from "../fleet-view.ts";

/** One `make(view)` for each view that somebody looked at; all that see the same share it. */
export function createLiveViews<T extends { readonly close: () => void }>(make: (view: FleetView) => T) {
  const made = new Map<FleetView, T>();
  return {
    of(view: FleetView): T {
      const known = made.get(view);
      if (known !== undefined) return known;
      const one = make(view);
      made.set(view, one);
      return one;
    },
    close() {
      for (const one of made.values()) one.close();
    },
  };
}
