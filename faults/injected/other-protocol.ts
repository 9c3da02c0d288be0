import type { Fault } from "../fault.ts";

const speaks = (version: number, what: string): Fault => ({
  name: `the agent of alpha speaks a protocol that is ${what}`,
  parts: ["alpha's link"],
  tells: { log: "hub", line: new RegExp(`^WARN alpha: down: .*speaks protocol ${version}, this hub speaks \\d`) },
  async happen({ links }, dice) {
    links.alpha.weather((bytes) =>
      Buffer.from(bytes.toString("latin1").replace(/"protocol":\d/, `"protocol":${version}`), "latin1"),
    );
    links.alpha.end("cut");
    await Bun.sleep(dice.between(2_500, 5_000));
    links.alpha.weather(null);
  },
});

export const otherProtocols: readonly Fault[] = [speaks(0, "older"), speaks(9, "newer")];
