import type { ProgramConfiguration } from "../domain/call.ts";
import { shortenMiddle } from "./shorten.ts";
import { programTexts as texts } from "./texts/program.ts";

/** signal(7), Linux. */
const SIGNALS: Readonly<Record<number, string>> = {
  ...{ 1: "HUP", 2: "INT", 3: "QUIT", 6: "ABRT", 9: "KILL", 10: "USR1", 12: "USR2", 14: "ALRM", 15: "TERM" },
};

const MOST = 2_000;

function factsOf(program: ProgramConfiguration): readonly (readonly [name: string, value: string, mono?: true])[] {
  const { command, directory, autostart, startsecs, startretries, stopsignal, stopwaitsecs, exitcodes } = program;
  const { groupPriority, priority } = program;
  const signal = stopsignal === null ? "" : (SIGNALS[stopsignal] ?? String(stopsignal));
  return [
    ...(command === null ? [] : [[texts.command, shortenMiddle(command, MOST), true] as const]),
    ...(command === null
      ? []
      : [[texts.directory, shortenMiddle(directory ?? texts.supervisords, MOST), true] as const]),
    ...(autostart === null ? [] : [[texts.autostart, autostart ? texts.yes : texts.no] as const]),
    ...(startsecs === null || startretries === null
      ? []
      : [[texts.starts, texts.start(startsecs, startretries)] as const]),
    ...(signal === "" || stopwaitsecs === null ? [] : [[texts.stops, texts.stop(signal, stopwaitsecs)] as const]),
    ...(exitcodes === null ? [] : [[texts.exitcodes, exitcodes.join(", ")] as const]),
    ...(groupPriority === null || priority === null
      ? []
      : [[texts.priority, `${groupPriority}, ${priority}`] as const]),
  ];
}

/** How supervisord runs a program, as far as it tells. */
export const ProgramFacts = ({ program }: { program: ProgramConfiguration }) => (
  <section class="panel" aria-labelledby="program-title">
    <h2 id="program-title">{texts.title}</h2>
    <dl class="facts">
      {factsOf(program).map(([name, value, mono]) => (
        <div>
          <dt safe>{name}</dt>
          <dd class={mono === true ? "mono" : ""} safe>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  </section>
);
