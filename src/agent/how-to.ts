/** What somebody is told who starts the agent by hand. @param command the command line, as it stands in `command=` */
export const howToConfigure = (command: string, logFolder: string): string =>
  `The agent is started by supervisord: add this to supervisord.conf, then run supervisorctl update.

[eventlistener:multivisor]
command=${command.replaceAll("%", "%%")} agent
events=PROCESS_STATE,PROCESS_GROUP,SUPERVISOR_STATE_CHANGE,REMOTE_COMMUNICATION,TICK_5
buffer_size=16384
priority=-987
autorestart=true
startretries=1000000
startsecs=1
stopwaitsecs=10
stdout_logfile=NONE
stderr_logfile=${logFolder}/multivisor-agent.log
`;
