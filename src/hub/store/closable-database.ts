import { Database, type Statement } from "bun:sqlite";

/**
 * One whose `close` closes. A connection with statements that nobody has finalized lives on until they are collected: it keeps
 * its files open and their space taken, and at its end removes a log that bears its name, whoever writes there by then.
 */
export class ClosableDatabase extends Database {
  readonly #prepared = new Set<WeakRef<Statement>>();
  readonly #collected = new FinalizationRegistry<WeakRef<Statement>>((ref) => this.#prepared.delete(ref));

  override prepare: Database["prepare"] = (...args: Parameters<Database["prepare"]>) => {
    const statement = super.prepare(...args);
    const ref = new WeakRef<Statement>(statement);
    this.#prepared.add(ref);
    this.#collected.register(statement, ref);
    return statement as never;
  };

  override close(): void {
    for (const ref of this.#prepared) ref.deref()?.finalize();
    this.#prepared.clear();
    super.close();
  }
}
