import { mkdtempSync, rmSync, statfsSync } from "node:fs";
import { join } from "node:path";
import type { TestPlace } from "../../test/support/test-place.ts";

const MEMORY = "/dev/shm";

/**
 * A folder on no disk, for simulated hosts: each would have a disk of its own, and together they would wait for the one that
 * is the hub's. It goes with the place.
 * @returns undefined where there is no room for so many bytes
 */
export function memoryFolder(place: TestPlace, bytes: number): string | undefined {
  if (roomIn(MEMORY) < bytes) return undefined;
  const folder = mkdtempSync(join(MEMORY, "bench-"));
  place.defer(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function roomIn(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return 0; // not on Linux
  }
}
