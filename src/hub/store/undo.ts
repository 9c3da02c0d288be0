export type Undo = ReturnType<typeof createUndo>;

/** What is held in memory beside the tables becomes what it was, where a transaction is rolled back. */
export function createUndo() {
  let steps: (() => void)[] = [];
  return {
    onRollback: (step: () => void): void => void steps.push(step),
    committed(): void {
      steps = [];
    },
    /** The latest first. */
    rolledBack(): void {
      for (const step of steps.reverse()) step();
      steps = [];
    },
  };
}
