import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestPlace } from "../../test/support/test-place.ts";

export type SmallDisk = {
  readonly path: (name: string) => string;
  /** until the last byte */
  readonly fill: () => void;
  readonly empty: () => void;
  /** What was set aside goes, as somebody would see to. */
  readonly tidy: () => void;
  /** Possible only while nobody has a file of it open for writing. */
  readonly writable: (isWritable: boolean) => void;
};

const SET_ASIDE = /\.(?:corrupt|unreadable)-/;

function run(...words: string[]): void {
  const done = Bun.spawnSync(words);
  if (done.exitCode !== 0) throw new Error(`${words.join(" ")}: ${done.stderr.toString()}`);
}

/** A tmpfs of its own (as root); gone with the place. */
export function mountSmallDisk(place: TestPlace, name: string, sizeMb: number): SmallDisk {
  const dir = place.path(name);
  mkdirSync(dir);
  run("mount", "-t", "tmpfs", "-o", `size=${sizeMb}m`, "tmpfs", dir);
  place.defer(() => run("umount", "--lazy", dir));
  const ballast = join(dir, "ballast");
  return {
    path: (file) => join(dir, file),
    fill() {
      for (const size of [1_024 * 1_024, 4_096]) fillBy(ballast, size);
    },
    empty: () => rmSync(ballast, { force: true }),
    tidy() {
      for (const file of readdirSync(dir)) if (SET_ASIDE.test(file)) rmSync(join(dir, file));
    },
    writable: (isWritable) => run("mount", "-o", `remount,${isWritable ? "rw" : "ro"}`, dir),
  };
}

function fillBy(file: string, size: number): void {
  const block = new Uint8Array(size);
  try {
    for (;;) writeFileSync(file, block, { flag: "a" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
  }
}
