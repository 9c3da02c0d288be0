/** multivisor.conf for agents that listen on this machine. */
export const hubConf = (name: string, agents: readonly { readonly name: string; readonly port: number }[]): string =>
  `; multivisor hub -c THIS_FILE
[global]
name=${name}
; username and password make the hub ask who you are:
; username=admin
; password=a good one
${agents.map((agent) => `\n[supervisor:${agent.name}]\nurl=127.0.0.1:${agent.port}\n`).join("")}`;
