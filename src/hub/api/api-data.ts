import type { FleetView } from "../fleet-view.ts";
import { apiSupervisorJson } from "./api-supervisor.ts";

export type ApiData = {
  /** the whole answer of /api/data, made once for each change of the fleet and for all who see the same of it */
  readonly current: (view: FleetView) => {
    readonly json: Uint8Array<ArrayBuffer>;
    readonly etag: string;
    readonly gzip: () => Uint8Array<ArrayBuffer>;
  };
};

type Made = { id: number; version: number; globals: unknown; answer: ReturnType<ApiData["current"]> };

/**
 * @param globals the keys of `[global]` but secrets, `name` among them
 * @param runId differs between runs of the hub, so that an ETag of the last run never matches
 */
export function createApiData(globals: () => Readonly<Record<string, unknown>>, runId: string): ApiData {
  const madeFor = new WeakMap<FleetView, Made>();
  let views = 0;
  return {
    current(view) {
      const version = view.version();
      const head = globals();
      const made = madeFor.get(view);
      if (made?.version === version && made.globals === head) return made.answer;
      const json = new TextEncoder().encode(renderData(view, head));
      let gzip: Uint8Array<ArrayBuffer> | null = null;
      // Somebody else may log in with the same browser, and see other things.
      const id = made?.id ?? views++;
      const etag = `"${runId}-${id}-${version}"`;
      const answer = { json, etag, gzip: () => (gzip ??= Bun.gzipSync(json, { level: 1 })) };
      madeFor.set(view, { id, version, globals: head, answer });
      return answer;
    },
  };
}

function renderData(fleet: FleetView, globals: Readonly<Record<string, unknown>>): string {
  const supervisors = [...fleet.supervisors().values()].map((s) => `${JSON.stringify(s.name)}:${apiSupervisorJson(s)}`);
  return `${JSON.stringify(globals).slice(0, -1)},"supervisors":{${supervisors.join(",")}}}`;
}
