/** Read by JavaScriptCore when a process starts: interpret, compile nothing. */
const SWITCH = "BUN_JSC_useJIT";

/**
 * Starts this program over, in the same process (same pid, same stdin and stdout), without the just-in-time compiler. An
 * agent has little to compute: an event takes as long as before, the answer for 500 processes 16 ms instead of 5, and
 * every host keeps 6 MB. Returns where this is such a process already, or cannot become one.
 */
export function becomeLean(env: Readonly<Record<string, string | undefined>>): void {
  if (env[SWITCH] !== undefined || typeof process.execve !== "function") return;
  // The name by which a compiled program was called stands first; its second word is a path inside itself.
  const isCompiled = process.argv[1]?.startsWith("/$bunfs/") === true;
  const words = isCompiled ? process.argv.slice(2) : [...process.execArgv, ...process.argv.slice(1)];
  try {
    process.execve(process.execPath, [process.argv0, ...words], { ...env, [SWITCH]: "0" } as Record<string, string>);
  } catch {
    // then as it is
  }
}
