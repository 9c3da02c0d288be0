import { join } from "node:path";
import { freePort } from "../../src/demo/free-port.ts";
import type { TestPlace } from "./test-place.ts";
import { waitFor } from "./wait-for.ts";

type Line = {
  readonly problem?: string;
  readonly ready?: string;
  readonly done?: string;
  readonly lost?: string;
  readonly method?: string;
  readonly burst?: number;
  readonly open?: readonly string[];
};

export type ZerorpcPeer = {
  readonly port: number;
  /** one of the commands of zerorpc_peer.py; resolves when it has been done */
  readonly tell: (command: { readonly do: string; readonly [key: string]: unknown }) => Promise<Line>;
  readonly lines: () => readonly Line[];
  /** what the client did against the protocol */
  readonly problems: () => string[];
  readonly kill: () => Promise<void>;
  readonly start: () => Promise<void>;
};

/** An agent of Multivisor 6 as the wire knows it, with Debian's libzmq and msgpack. */
export async function startZerorpcPeer(
  place: TestPlace,
  kind: "rpcinterface" | "eventlistener",
  /** another host than this one */
  at?: { readonly port: number; readonly there: (...words: string[]) => string[] },
): Promise<ZerorpcPeer> {
  const port = at?.port ?? (await freePort());
  const words = at?.there ?? ((...here: string[]) => here);
  const ip = at === undefined ? "127.0.0.1" : "*";
  const lines: Line[] = [];
  let running: Bun.Subprocess<"pipe", "pipe", "inherit"> | null = null;

  async function read(stdout: ReadableStream<Uint8Array>): Promise<void> {
    let text = "";
    const decoder = new TextDecoder();
    for await (const chunk of stdout) {
      text += decoder.decode(chunk, { stream: true });
      const parts = text.split("\n");
      text = parts.pop() ?? "";
      lines.push(...parts.map((part) => JSON.parse(part) as Line));
    }
  }
  const start = async () => {
    const before = lines.length;
    const script = join(import.meta.dir, "zerorpc_peer.py");
    running = Bun.spawn(words("/usr/bin/python3", "-u", script, `${ip}:${port}`, kind), {
      ...{ env: place.env, stdin: "pipe", stdout: "pipe", stderr: "inherit" },
    });
    void read(running.stdout);
    await waitFor("the peer to listen", () => lines.slice(before).some((line) => line.ready !== undefined));
  };
  const kill = async () => {
    running?.kill("SIGKILL");
    await running?.exited;
    running = null;
  };
  place.defer(kill);
  await start();
  return {
    ...{ port, kill, start },
    lines: () => lines,
    problems: () => lines.flatMap((line) => line.problem ?? []),
    async tell(command) {
      const before = lines.length;
      running?.stdin.write(`${JSON.stringify(command)}\n`);
      await running?.stdin.flush();
      return waitFor(`the peer to do ${command.do}`, () =>
        lines.slice(before).find((line) => line.done === command.do),
      );
    },
  };
}
