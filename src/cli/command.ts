import { defineCommand } from "citty";
import { MultivisorError, messageOf } from "../domain/errors.ts";
import { defineStrictCommand } from "../lib/strict-command.ts";
import { writeOut } from "../lib/write-out.ts";
import { createHubClient } from "../protocol/hub-client.ts";
import { type HubUrl, parseHubUrl } from "../protocol/hub-url.ts";
import { statusReport } from "./status.ts";
import { withUptimesOf } from "./uptimes.ts";

const DEFAULT_URL = "localhost:22000";

const urlArg = {
  type: "string",
  valueHint: "URL",
  description: `The hub: host:port or http(s)://[user:password@]host:port/path; else $MULTIVISOR_URL, else ${DEFAULT_URL}`,
} as const;

function hubUrl(flag: string | undefined): HubUrl {
  try {
    return parseHubUrl(flag ?? (process.env.MULTIVISOR_URL || DEFAULT_URL));
  } catch (error) {
    throw new MultivisorError("BAD_CONFIG", `${flag === undefined ? "MULTIVISOR_URL" : "--url"}: ${messageOf(error)}`);
  }
}

/** supervisorctl's line stands alone: "http://localhost:22000 refused connection". */
async function status(url: HubUrl, patterns: readonly string[], asJson: boolean): Promise<number> {
  const { answer, hubNowMs } = await createHubClient(url).data();
  const report = statusReport(withUptimesOf(hubNowMs, answer), patterns, asJson);
  if (report.out.length > 0) await writeOut(`${report.out.join("\n")}\n`);
  if (report.err.length > 0) process.stderr.write(`${report.err.join("\n")}\n`);
  return report.exitCode;
}

const statusCommand = defineStrictCommand({
  meta: {
    name: "status",
    description:
      "How the processes are, as supervisorctl says it. Exit code 0: fine; 3: something is STOPPED, EXITED, FATAL or " +
      "UNKNOWN; 4: no such process, or no answer; 1: login required; 2: mistaken command line",
  },
  args: {
    url: urlArg,
    json: { type: "boolean", description: "An array of processes with the fields of GET /api/data" },
  },
  rest: { name: "pattern", description: "uid (supervisor:group:name, with * ? []), name, group:*, or all" },
  run: ({ args }) => status(hubUrl(args.url), args._, args.json === true),
});

export const cliCommand = defineCommand({
  meta: { name: "cli", description: "Ask a hub from the command line" },
  args: { url: urlArg },
  subCommands: { status: statusCommand },
});
