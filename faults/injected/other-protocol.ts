import type { Fault } from "../fault.ts";
import { told } from "../stage/told.ts";

const refusal = (version: number) => new RegExp(`^WARN alpha: down: .*speaks protocol ${version}, this hub speaks \\d`);

const speaks = (version: number, what: string): Fault => ({
  name: `the agent of alpha speaks a protocol that is ${what}`,
  parts: ["alpha's link"],
  tells: { log: "hub", line: refusal(version) },
  async happen(stage, dice) {
    const { links } = stage;
    const isTold = told(stage, "hub", refusal(version));
    links.alpha.weather((bytes) =>
      Buffer.from(bytes.toString("latin1").replace(/"protocol":\d/, `"protocol":${version}`), "latin1"),
    );
    links.alpha.end("cut");
    await Bun.sleep(dice.between(500, 3_000));
    await isTold();
    links.alpha.weather(null);
  },
});

export const otherProtocols: readonly Fault[] = [speaks(0, "older"), speaks(9, "newer")];
