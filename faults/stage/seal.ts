import { writeFileSync } from "node:fs";
import { multivisor } from "../../test/support/executable.ts";
import { run } from "../../test/support/run.ts";
import type { TestPlace } from "../../test/support/test-place.ts";

/** Token and certificate for one link: what the agent needs of them, and what the hub. */
export async function makeSeal(place: TestPlace): Promise<{ agentArgs: string[]; hubKeys: string }> {
  const agent = async (...args: string[]) => (await run(place, multivisor("agent", ...args))).stdout;
  const fingerprint = /^tls_fingerprint=(.+)$/m.exec(await agent("--make-cert", place.path("seal")))?.[1];
  if (fingerprint === undefined) throw new Error("multivisor agent --make-cert told no fingerprint");
  const token = place.path("token");
  writeFileSync(token, await agent("--new-token"), { mode: 0o600 });
  return {
    agentArgs: ["--token-file", token, "--tls-cert", place.path("seal.crt"), "--tls-key", place.path("seal.key")],
    hubKeys: `token_file=${token}\ntls=true\ntls_fingerprint=${fingerprint}`,
  };
}
