import type { SupervisorName } from "../../domain/names.ts";
import type { Link } from "./link.ts";

/** Everything that a link is made of; equal members need no new link. */
export type LinkMember = { readonly name: SupervisorName };

export type LinkSet<M extends LinkMember> = {
  /** Ends the links of who left or changed, begins those of who is new; the others notice nothing. */
  readonly apply: (members: readonly M[]) => void;
  readonly get: (name: SupervisorName) => Link | null;
  /** Ends every connection and begins it again, so that each reads from its cursor. */
  readonly restart: () => void;
  /** Resolves when all have ended. */
  readonly close: () => Promise<void>;
};

type Running = { readonly key: string; readonly link: Link; readonly stop: () => void; readonly ended: Promise<void> };

/** Short, because a member may hold the certificates of an authority; and no secret stays in memory for this. */
const keyOf = (member: LinkMember): string =>
  new Bun.CryptoHasher("sha256").update(JSON.stringify(member)).digest("base64");

export function createLinkSet<M extends LinkMember>(makeLink: (member: M) => Link): LinkSet<M> {
  const running = new Map<SupervisorName, Running>();
  let current: readonly M[] = [];

  const begin = (member: M) => {
    const controller = new AbortController();
    const link = makeLink(member);
    const ended = link.run(controller.signal);
    running.set(member.name, { key: keyOf(member), link, stop: () => controller.abort(), ended });
  };
  const end = (name: SupervisorName) => {
    running.get(name)?.stop();
    running.delete(name);
  };
  return {
    apply(members) {
      current = members;
      const keys = new Map(members.map((member) => [member.name, keyOf(member)]));
      for (const [name, { key }] of [...running]) if (keys.get(name) !== key) end(name);
      for (const member of members) if (!running.has(member.name)) begin(member);
    },
    get: (name) => running.get(name)?.link ?? null,
    restart() {
      for (const name of [...running.keys()]) end(name);
      for (const member of current) begin(member);
    },
    async close() {
      const all = [...running.values()];
      for (const name of [...running.keys()]) end(name);
      await Promise.all(all.map(({ ended }) => ended));
    },
  };
}
