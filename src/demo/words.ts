const tryReal = (cli: string, dir: string) => [
  "  kill a process           pkill -9 -f 'worker wcid00a', then watch the page",
  `  ask from a shell         ${cli} status`,
  "  stop one slowly          stop Motion:slits on lid001: it parks its motors for 6 s",
  "  start what is stopped    Vacuum:simulator on lid002",
  `  lose a host              supervisorctl -c ${dir}/lid002/supervisord.conf shutdown`,
  `  read the configuration   ${dir}/multivisor.conf and ${dir}/lid001/supervisord.conf`,
];

const trySimulated = (cli: string, dir: string) => [
  `  ask from a shell         ${cli} status`,
  "  stop and start some      on the page",
  `  read the configuration   ${dir}/multivisor.conf`,
];

export function greeting(place: {
  readonly url: string;
  readonly dir: string;
  readonly self: readonly string[];
  readonly real: boolean;
}): string {
  const cli = `${place.self.join(" ")} cli --url ${place.url.replace("http://", "")}`;
  const lines = place.real ? tryReal(cli, place.dir) : trySimulated(cli, place.dir);
  return ["", `multivisor is at  ${place.url}`, "", "Try:", ...lines, "", "Ctrl-C ends everything."].join("\n");
}

/** @param left process ids; @param kept the folder that stays */
export function farewell(left: readonly number[], kept: string | null): string {
  if (left.length > 0) return `Cannot end ${left.join(", ")}: still running.`;
  return kept === null ? "Nothing is left behind." : `Nothing is left running; the files are in ${kept}.`;
}
