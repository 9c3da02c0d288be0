/** A journal entry without what a process wrote: its evidence ends with the last lines of its logs. @param json of the entry */
export function withoutLogs(json: string): string {
  if (!json.includes('"evidence":{')) return json;
  const entry = JSON.parse(json) as { evidence?: object };
  return JSON.stringify({ ...entry, evidence: { ...entry.evidence, stderrTail: null, stdoutTail: null } });
}
