/**
 * @param read the whole of a log
 * @returns whether it has more lines that read like this than it has now
 */
export function logged(read: () => string, line: RegExp): () => boolean {
  const count = () =>
    read()
      .split("\n")
      .filter((text) => line.test(text)).length;
  const before = count();
  return () => count() > before;
}
