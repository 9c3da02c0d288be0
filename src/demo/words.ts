const tryReal = (cli: string, dir: string) => [
  "  kill a process           pkill -9 -f 'worker wcid00a', then watch the page",
  `  ask from a shell         ${cli} status`,
  "  stop one slowly          stop Motion:slits on lid001: it parks its motors for 6 s",
  "  start what is stopped    Vacuum:simulator on lid002",
  `  lose a host              supervisorctl -c ${dir}/lid002/supervisord.conf shutdown`,
  `  read the configuration   ${dir}/multivisor.conf and ${dir}/lid001/supervisord.conf`,
];

const trySimulated = (cli: string, dir: string, control: string) => [
  `  ask from a shell         ${cli} status`,
  "  stop and start some      on the page",
  `  kill some                curl ${control}/v1/kill -d '{"hosts": "sim001", "process": "PLC:*"}'`,
  `  1,000 transitions a s    curl ${control}/v1/rate -d '{"perS": 1000}'`,
  `  lose a host              curl ${control}/v1/fall -d '{"hosts": "sim002"}'  (back: /v1/rise)`,
  `  read the configuration   ${dir}/multivisor.conf`,
];

export function greeting(place: {
  /** null: no hub was wanted */
  readonly url: string | null;
  readonly dir: string;
  readonly self: readonly string[];
  /** where a simulated fleet is driven from; null: a real one */
  readonly driven: string | null;
  /** days that were invented */
  readonly pastDays: number;
}): string {
  const { url, dir, driven } = place;
  const cli = `${place.self.join(" ")} cli --url ${(url ?? "").replace("http://", "")}`;
  const lines = driven === null ? tryReal(cli, dir) : trySimulated(cli, dir, driven);
  const where = url === null ? `The fleet is driven from  ${driven}` : `multivisor is at  ${url}`;
  const shown = url === null ? lines.filter((line) => !/shell|page/.test(line)) : lines;
  const past =
    place.pastDays > 0
      ? [
          `The ${place.pastDays} days before this start never were: history, audit, CPU and memory of then are invented.`,
          "",
        ]
      : [];
  return ["", where, "", ...past, "Try:", ...shown, "", "Ctrl-C ends everything."].join("\n");
}

/** @param left process ids; @param kept the folder that stays */
export function farewell(left: readonly number[], kept: string | null): string {
  if (left.length > 0) return `Cannot end ${left.join(", ")}: still running.`;
  return kept === null ? "Nothing is left behind." : `Nothing is left running; the files are in ${kept}.`;
}
