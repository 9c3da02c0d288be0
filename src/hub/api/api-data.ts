import type { FleetView } from "../fleet-view.ts";
import { apiSupervisorJson } from "./api-supervisor.ts";

export type ApiData = {
  /** the whole answer of /api/data, made once for each change of the fleet */
  readonly current: () => {
    readonly json: Uint8Array<ArrayBuffer>;
    readonly etag: string;
    readonly gzip: () => Uint8Array<ArrayBuffer>;
  };
};

/**
 * @param globals the keys of `[global]` but secrets, `name` among them
 * @param runId differs between runs of the hub, so that an ETag of the last run never matches
 */
export function createApiData(
  fleet: FleetView,
  globals: () => Readonly<Record<string, unknown>>,
  runId: string,
): ApiData {
  let made: { version: number; globals: unknown; answer: ReturnType<ApiData["current"]> } | null = null;
  return {
    current() {
      const version = fleet.version();
      const head = globals();
      if (made?.version === version && made.globals === head) return made.answer;
      const json = new TextEncoder().encode(renderData(fleet, head));
      let gzip: Uint8Array<ArrayBuffer> | null = null;
      const etag = `"${runId}-${version}"`;
      const answer = { json, etag, gzip: () => (gzip ??= Bun.gzipSync(json, { level: 1 })) };
      made = { version, globals: head, answer };
      return answer;
    },
  };
}

function renderData(fleet: FleetView, globals: Readonly<Record<string, unknown>>): string {
  const supervisors = [...fleet.supervisors().values()].map((s) => `${JSON.stringify(s.name)}:${apiSupervisorJson(s)}`);
  return `${JSON.stringify(globals).slice(0, -1)},"supervisors":{${supervisors.join(",")}}}`;
}
