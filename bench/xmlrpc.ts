/**
 * How long getAllProcessInfo of 500 processes takes to read, as supervisord writes it: the whole answer at once, on the
 * thread that does everything else. `bun run bench xmlrpc`.
 */
import { decodeResponse } from "../src/supervisord/xmlrpc-decode.ts";
import { encodeResponse } from "../src/supervisord/xmlrpc-encode.ts";
import { bench } from "./support/bench.ts";

const PROCESSES = 500;
const RUNS = 20;

const infoOf = (i: number) => ({
  ...{ name: `worker_${i}`, group: `group${i % 17}`, start: 1_764_000_000 + i, stop: 0, now: 1_764_003_723 },
  ...{ state: 20, statename: "RUNNING", spawnerr: i % 9 === 0 ? "can't find command '/opt/a & b'" : "" },
  ...{ exitstatus: 0, pid: 1_000 + i, description: `pid ${1_000 + i}, uptime 1:02:03` },
  logfile: `/var/log/supervisor/worker_${i}-stdout---supervisor-x1y2z3.log`,
  stdout_logfile: `/var/log/supervisor/worker_${i}-stdout---supervisor-x1y2z3.log`,
  stderr_logfile: `/var/log/supervisor/worker_${i}-stderr---supervisor-x1y2z3.log`,
});

await bench(import.meta.path, async (b) => {
  const infos = Array.from({ length: PROCESSES }, (_, i) => infoOf(i));
  // Python ends the line behind each of these.
  const xml = encodeResponse(infos).replace(/<struct>|<member>|<\/(?:name|value|member|struct)>/g, "$&\n");
  const decode = () => {
    const before = process.cpuUsage();
    const answer = decodeResponse(xml);
    const { user, system } = process.cpuUsage(before);
    return { answer, ms: (user + system) / 1_000 };
  };
  const first = decode();
  const runs = await b.repeat(RUNS, decode);
  const same = runs.filter(({ answer }) => Bun.deepEquals(answer, { value: infos })).length;
  const name = `${PROCESSES} processes, ${Math.round(xml.length / 1_000)} kB of XML`;
  b.must(`${name}: read as they were written`, "", same, { atLeast: runs.length });
  b.figure(`${name}: the first, of a program that has just begun`, "ms of a core", first.ms);
  b.figure(
    `${name}: each later one`,
    "ms of a core",
    runs.map(({ ms }) => ms),
    { atMost: 10 },
  );
});
