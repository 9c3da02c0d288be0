/** @property username with `password` of an admin; "": it asks nobody */
export type Hub = { readonly url: string; readonly username: string; readonly password: string };

export type PictureOf = {
  /** of the picture's file */
  readonly name: string;
  readonly path: string;
  /** seen by somebody who is not logged in */
  readonly stranger?: boolean;
  /** it is no page of the fleet: nothing in it is live */
  readonly still?: boolean;
  /** opened before the picture is taken, where it is there */
  readonly opens?: string;
  /** to be seen before the picture is taken */
  readonly shows?: string;
};

type Shown = {
  readonly uid: string;
  readonly statename: string;
  readonly is_agent?: boolean;
};

export const headersOf = ({ username, password }: Hub): Record<string, string> =>
  username === "" ? {} : { authorization: `Basic ${btoa(`${username}:${password}`)}` };

async function processesOf(hub: Hub): Promise<Shown[]> {
  const { supervisors } = await (await fetch(`${hub.url}/api/data`, { headers: headersOf(hub) })).json();
  return Object.values<{ processes: Record<string, Shown> }>(supervisors).flatMap((s) => Object.values(s.processes));
}

/** The process that died most often of late, as far back as the history goes. */
async function mostUnlucky(hub: Hub): Promise<string | undefined> {
  const from = new Date(Date.now() - 90 * 86_400_000).toISOString();
  const query = new URLSearchParams({ from, by: "process" });
  const answer = await fetch(`${hub.url}/api/history/summary?${query}`, { headers: headersOf(hub) });
  const { rows = [] } = (await answer.json()) as { rows?: { key: string; crashes: number }[] };
  return rows.toSorted((a, b) => b.crashes - a.crashes)[0]?.key;
}

const LOG_IS_THERE = ".log-chunk:not(:empty), .log-note";

/** Of single ones those with something to tell. */
export async function picturesOf(hub: Hub): Promise<PictureOf[]> {
  const all = await processesOf(hub);
  const failed = (all.find(({ statename }) => statename === "FATAL") ?? all[0])?.uid ?? "";
  const unlucky = (await mostUnlucky(hub)) ?? failed;
  const running = all.filter(({ statename, is_agent }) => statename === "RUNNING" && !is_agent).map(({ uid }) => uid);
  const ofGroup = running.filter((uid) => uid.includes(":PLC:"));
  const together = new URLSearchParams((ofGroup.length > 1 ? ofGroup : running.slice(0, 5)).map((uid) => ["uid", uid]));
  const ofProcess = (uid: string) => `/process/${encodeURIComponent(uid)}`;
  const pages: PictureOf[] = [
    { name: "groups", path: "/" },
    { name: "processes", path: "/processes" },
    { name: "supervisors", path: "/supervisors" },
    { name: "history", path: "/history?range=30d" },
    { name: "process", path: `${ofProcess(unlucky)}?span=90d`, opens: "#happened summary", shows: LOG_IS_THERE },
    { name: "log", path: `${ofProcess(running[0] ?? "")}/log`, shows: LOG_IS_THERE },
    { name: "logs", path: `/log?${together}`, shows: LOG_IS_THERE },
    {
      ...{ name: "supervisor", path: `/supervisor/${encodeURIComponent(failed.split(":")[0] ?? "")}` },
      shows: LOG_IS_THERE,
    },
    { name: "nothing", path: "/processes?filter=state:fatal+host:nowhere" },
    { name: "error", path: ofProcess("lid001:PLC:wcid99z"), still: true },
  ];
  if (hub.username === "") return pages;
  return [...pages, { name: "audit", path: "/audit" }, { name: "login", path: "/login", stranger: true, still: true }];
}
