import { describe, expect, test } from "bun:test";
import { DEMO_HOSTS } from "./hosts.ts";
import { commandLine, supervisordConf } from "./supervisord-conf.ts";

describe("commandLine", () => {
  test.each([
    [["/usr/bin/multivisor", "agent", "--bind", "127.0.0.1:9002"], "/usr/bin/multivisor agent --bind 127.0.0.1:9002"],
    [["/opt/my apps/mv", "agent"], "'/opt/my apps/mv' agent"],
    [["/srv/100%", "it's"], `/srv/100%% 'it'"'"'s'`],
  ])("%p is written so that supervisord reads the same words", (words, expected) => {
    expect(commandLine(words)).toBe(expected);
  });
});

describe("the demo's hosts", () => {
  test("have about 25 processes with names that are unique on each host", () => {
    const counts = DEMO_HOSTS.map((host) => {
      const programs = Object.values(host.groups).flat();
      expect(new Set(programs.map((p) => p.name)).size).toBe(programs.length);
      return programs.reduce((sum, p) => sum + Number(p.options?.numprocs ?? 1), 0);
    });
    expect(counts.reduce((a, b) => a + b, 0)).toBeGreaterThanOrEqual(25);
  });

  test("share groups", () => {
    const groups = DEMO_HOSTS.flatMap((host) => Object.keys(host.groups));
    expect(groups.filter((group, i) => groups.indexOf(group) !== i)).toContain("PLC");
  });

  test("have the agent in a section of its own", () => {
    const host = DEMO_HOSTS[0];
    if (host === undefined) throw new Error("no hosts");
    const text = supervisordConf(host, { dir: "/d", binDir: "/b", agentCommand: ["/m", "agent"] });
    expect(text).toContain("[eventlistener:multivisor]\ncommand=/m agent\n");
    expect(text).toContain("programs=wcid00a,wcid00b,wcid00c");
    expect(text).not.toContain("user=");
  });
});
