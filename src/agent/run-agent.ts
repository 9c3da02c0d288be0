import { messageOf } from "../domain/errors.ts";
import { VERSION } from "../lib/build-info.ts";
import type { Logger } from "../lib/logger.ts";
import { createRpc } from "../supervisord/rpc-client.ts";
import { createAgent } from "./agent.ts";
import type { AgentConfig, AgentDoor } from "./config.ts";
import { createHttpApp } from "./http-app.ts";
import { listenToEvents } from "./listener.ts";
import { lazyLogDoor } from "./logs/lazy-log-door.ts";
import type { Journal } from "./journal.ts";
import { tellDamage, watchJournalFile } from "./journal-damage.ts";
import { openJournalFile, setAside } from "./open-journal.ts";
import { serveHttp } from "./serve.ts";
import { runOf } from "./supervisord-run.ts";
import { watchTicks } from "./watchdog.ts";
import { writeWhole } from "./write-whole.ts";

/**
 * The agent of the supervisord that started this process.
 * @param stop aborted on SIGTERM
 * @param onDoor hears of another door to come in by, at SIGHUP
 * @returns exit code: 0 when it was told to stop, 1 for everything after which supervisord should start it again
 */
export async function runAgent(
  config: AgentConfig,
  onDoor: (listener: (door: AgentDoor) => void) => void,
  log: Logger,
  stop: AbortSignal,
): Promise<number> {
  process.umask(0o077); // the journal holds lines of logs
  const ended = Promise.withResolvers<number>();
  const running = new AbortController();
  let damage: string | null = null;
  const onDamage = (what: string | null) => {
    damage ??= what;
    if (what !== null) ended.resolve(1);
  };
  const journal = tellDamage(openJournalFile(config.journalPaths, log, await readBootId()), onDamage);
  const agent = createAgent({
    journal,
    rpc: config.rpc && createRpc(config.rpc),
    self: config.self,
    supervisord: runOf(process.ppid),
    version: VERSION,
    now: Date.now,
    log,
    restartSelf() {
      log.info("Restarting, as asked");
      setTimeout(() => ended.resolve(1), 100); // the answer goes first
    },
  });
  const logs = lazyLogDoor(agent, config.rpc);
  const makeApp = ({ token, allows }: AgentDoor) => createHttpApp({ agent, logs, token, allows, now: Date.now, log });
  let ticks = 0;

  stop.addEventListener("abort", () => {
    agent.noteStop();
    ended.resolve(0);
  });
  void listenToEvents({
    input: Bun.stdin.stream(),
    write: writeWhole(Bun.stdout.writer()),
    handle(event) {
      if (event.eventname === "TICK_5") ticks += 1;
      return agent.handleEvent(event);
    },
  })
    .then(() => log.info("supervisord is gone"))
    .catch((error) => log.error(messageOf(error)))
    .finally(() => ended.resolve(1));
  void watchTicks(() => ticks, log, running.signal).then((silent) => {
    if (silent) log.error("supervisord has sent no TICK_5 for 20 s: starting again");
    if (silent) ended.resolve(1);
  });
  void serveHttp(config.door, onDoor, { makeApp, log }, running.signal);
  void watchJournalFile(journal, running.signal).then(onDamage);
  void agent.run(running.signal);

  const exitCode = await ended.promise;
  running.abort();
  close(journal, damage, log);
  return exitCode;
}

/** @param damage what is wrong with its file; null: nothing */
function close(journal: Journal, damage: string | null, log: Logger): void {
  try {
    journal.close();
  } catch (error) {
    log.debug(messageOf(error)); // said already
  }
  if (damage !== null && journal.path !== null) setAside(journal.path, damage, log);
}

/** Linux only. */
const readBootId = (): Promise<string | null> =>
  Bun.file("/proc/sys/kernel/random/boot_id")
    .text()
    .then((text) => text.trim())
    .catch(() => null);
