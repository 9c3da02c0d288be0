/** What stands where there is nothing to show, and what to do then. */
export const emptyTexts = {
  noMatch: "No process matches",
  noSupervisorMatches: "No supervisor matches",
  nothingMatches: "Nothing matches",
  showAll: "Show all",
  noSupervisor: "No supervisor is configured",
  addSupervisor: "Add one section for each supervisord to the hub's configuration file, then reload the hub:",
  section: "[supervisor:lid001]\nurl=lid001.example.org:9002",
  connecting: "Connecting to the supervisors",
  noneReached: "No supervisor can be reached",
  check:
    "The hub keeps trying. Check that each supervisord runs, with the multivisor agent in it or its own HTTP server.",
  noProcess: "No process is configured",
  addProgram: "The supervisors answer, but their supervisord.conf has no [program:…] section yet.",
} as const;
