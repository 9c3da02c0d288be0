import type { FilterSubject } from "../domain/filter.ts";
import type { LinkStatus } from "../domain/supervisor.ts";

/** A supervisor as filters see it: `host:` and words are about its name, `state:` is about its link. It is no process. */
export const supervisorSubject = (name: string, link: LinkStatus): FilterSubject => ({
  ...{ uid: name, supervisor: name, group: "", name: "" },
  ...{ state: link, trouble: link !== "live" },
});
