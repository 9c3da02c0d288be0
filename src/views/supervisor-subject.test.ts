import { expect, test } from "bun:test";
import { matchesFilter, parseFilter } from "../domain/filter.ts";
import { supervisorSubject } from "./supervisor-subject.ts";

const ALL = [
  supervisorSubject("lid001", "live"),
  supervisorSubject("lid002", "down"),
  supervisorSubject("web-03", "connecting"),
];

test.each([
  ["", ["lid001", "lid002", "web-03"]],
  ["lid", ["lid001", "lid002"]],
  ["host:web*", ["web-03"]],
  ["LID00?", ["lid001", "lid002"]],
  ["state:down", ["lid002"]],
  ["state:live,conn", ["lid001", "web-03"]],
  ["-state:live", ["lid002", "web-03"]],
  ["state:trouble", ["lid002", "web-03"]],
  ["host:lid -state:down", ["lid001"]],
  ["state:running", []],
  ["group:lid", []],
  ["name:lid", []],
])("%p finds of supervisors %p", (filter, names) => {
  const found = ALL.filter((subject) => matchesFilter(parseFilter(filter), subject));
  expect(found.map(({ supervisor }) => supervisor)).toEqual(names);
});
