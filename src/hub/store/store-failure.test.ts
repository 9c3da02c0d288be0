import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { temporaryStore } from "../../../test/support/temporary-store.ts";
import { storeFailure } from "./store-failure.ts";

const { open, place } = temporaryStore();

test.each([
  ["ENOSPC", "the disk is full; make room"],
  ["EROFS", "it cannot be opened; correct the path"],
  ["EMFILE", "cannot write the history /h.sqlite: too many"],
])("where the system refuses the folder with %s, what to do is said", (code, words) => {
  const failure = storeFailure(Object.assign(new Error("too many"), { code }), "/h.sqlite");
  expect(failure).toMatchObject({ corrupt: false, reason: expect.stringContaining(words) });
});

test("a file that was opened for reading alone is opened anew, for it may be writable by then", () => {
  open().close();
  const readOnly = new Database(place.path, { readonly: true });
  let error: unknown = null;
  try {
    readOnly.run("INSERT INTO spawnerrs (text) VALUES ('x')");
  } catch (thrown) {
    error = thrown;
  }
  readOnly.close();
  expect(storeFailure(error, place.path)).toMatchObject({ corrupt: false, stale: true });
});
