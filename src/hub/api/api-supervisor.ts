import { linkLimits } from "../../domain/link-limits.ts";
import type { Supervisor } from "../../domain/supervisor.ts";
import { apiProcessJson } from "./api-process.ts";

/** All but the processes, as Multivisor 6 shows it (rest-api, "Supervisor"); `link` and what follows are ours. */
const apiSupervisorHead = (supervisor: Supervisor) => {
  const live = supervisor.link.status === "live";
  const facts = live ? supervisor.facts : null;
  return {
    name: supervisor.name,
    url: supervisor.url,
    host: supervisor.host,
    running: live,
    pid: facts?.pid ?? null,
    identification: facts?.identification ?? null,
    api_version: facts?.apiVersion ?? null,
    supervisor_version: facts?.supervisorVersion ?? null,
    version: null,
    link: { kind: supervisor.linkKind, ...linkFields(supervisor) },
    agent_version: supervisor.agentVersion,
    clock_offset_ms: supervisor.clockOffsetMs,
  };
};

const linkFields = ({ link, linkKind, allows, secured }: Supervisor) => ({
  status: link.status,
  since: link.sinceMs,
  reason: link.status === "down" ? link.reason : null,
  allow: allows,
  secured,
  cannot: linkLimits(linkKind),
});

/** As JSON text, out of the processes' own texts. A supervisor that is not reachable has no processes here. */
export function apiSupervisorJson(supervisor: Supervisor): string {
  const head = JSON.stringify(apiSupervisorHead(supervisor));
  const processes =
    supervisor.link.status === "live"
      ? [...supervisor.processes.values()].map((p) => `${JSON.stringify(p.uid)}:${apiProcessJson(p, supervisor.host)}`)
      : [];
  return `${head.slice(0, -1)},"processes":{${processes.join(",")}}}`;
}
