import { join } from "node:path";

export const ROOT = join(import.meta.dir, "..", "..");

export type SourceFile = { readonly path: string; readonly text: string; readonly isTest: boolean };

/** @returns every file of src, paths from there: "hub/command.ts" */
export async function sourceFiles(): Promise<SourceFile[]> {
  const paths = await Array.fromAsync(new Bun.Glob("**/*.{ts,tsx}").scan(join(ROOT, "src")));
  return Promise.all(
    paths.toSorted().map(async (path) => ({
      path,
      text: await Bun.file(join(ROOT, "src", path)).text(),
      isTest: /\.test\.tsx?$/.test(path),
    })),
  );
}
