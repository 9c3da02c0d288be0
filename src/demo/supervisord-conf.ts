import type { DemoHost, DemoProgram } from "./hosts.ts";

export type SupervisordConfOptions = {
  /** folder of this host: socket, logs, pid file */
  readonly dir: string;
  /** folder of the scripts */
  readonly binDir: string;
  /** the command line of the agent, word by word */
  readonly agentCommand: readonly string[];
  /** supervisord complains when root does not say that it means to be root */
  readonly user?: string | undefined;
};

/** A word of `command=`: supervisord expands %(…)s first, then splits as a shell would. */
const word = (text: string): string => {
  const escaped = text.replaceAll("%", "%%");
  return /^[\w%+,./:=@-]+$/.test(text) ? escaped : `'${escaped.replaceAll("'", `'"'"'`)}'`;
};

export const commandLine = (words: readonly string[]): string => words.map(word).join(" ");

/** A value of a key other than `command`. */
const value = (text: string): string => text.replaceAll("%", "%%");

const head = (host: string, { dir, user }: SupervisordConfOptions): string => `; supervisord of ${host}
[supervisord]
identifier=${host}${user === undefined ? "" : `\nuser=${user}`}
logfile=${value(dir)}/supervisord.log
pidfile=${value(dir)}/supervisord.pid

; multivisor's agent asks supervisord here; nothing has to be open to the network but the agent
[unix_http_server]
file=${value(dir)}/supervisor.sock
chmod=0700

[rpcinterface:supervisor]
supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface

[supervisorctl]
serverurl=unix://${value(dir)}/supervisor.sock
`;

const agentSection = ({ dir, agentCommand }: SupervisordConfOptions): string => `
; This section is all that a host needs.
[eventlistener:multivisor]
command=${commandLine(agentCommand)}
events=PROCESS_STATE,PROCESS_GROUP,SUPERVISOR_STATE_CHANGE,REMOTE_COMMUNICATION,TICK_5
buffer_size=16384        ; supervisord's default of 10 loses events when many programs start at once
priority=-987            ; unique: first up, last down, no events of other listeners
autorestart=true
startretries=1000000
startsecs=1
stopwaitsecs=10
stdout_logfile=NONE      ; stdout belongs to the protocol
stderr_logfile=${value(dir)}/multivisor-agent.log
`;

function programSection({ name, script, options = {} }: DemoProgram, { dir, binDir }: SupervisordConfOptions): string {
  const log = `${value(dir)}/log/${options.process_name ?? name}`;
  const keys = Object.entries(options).map(([key, text]) => `${key}=${text}\n`);
  return `
[program:${name}]
command=${commandLine([`${binDir}/${script}`, name])}
stopasgroup=true
killasgroup=true
stdout_logfile=${log}.log
stderr_logfile=${log}.err
${keys.join("")}`;
}

const groupSection = (group: string, programs: readonly DemoProgram[]): string => `
[group:${group}]
programs=${programs.map((p) => p.name).join(",")}
`;

/** A whole supervisord.conf, fit to be copied. */
export const supervisordConf = (host: DemoHost, options: SupervisordConfOptions): string =>
  head(host.name, options) +
  agentSection(options) +
  Object.entries(host.groups)
    .map(
      ([group, programs]) => groupSection(group, programs) + programs.map((p) => programSection(p, options)).join(""),
    )
    .join("");
