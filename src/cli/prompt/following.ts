import type { CliContext } from "../cli-command.ts";
import { createLiveFleet, type LiveFleet } from "../follow/live-fleet.ts";
import { showNotices } from "./notices.ts";
import type { Screen } from "./screen.ts";

export type Following = {
  readonly fleet: () => LiveFleet;
  /** `login` and `logout` may have changed which hub is followed, and as whom */
  readonly check: () => void;
  readonly end: () => void;
};

/** The fleet behind the bar, of the hub that commands are sent to. */
export function createFollowing(context: CliContext, screen: Screen, isBusy: () => boolean): Following {
  let fleet = createLiveFleet(context.hub());
  let of = "";
  let stop = () => {};
  const follow = () => {
    const scope = new AbortController();
    const { base } = context.hubUrl();
    fleet = createLiveFleet(context.hub());
    const unshow = showNotices({ fleet, screen, base, colour: context.terminal.colour, isBusy });
    stop = () => {
      unshow();
      scope.abort();
    };
    void fleet.run(scope.signal);
  };
  return {
    fleet: () => fleet,
    check() {
      const now = JSON.stringify(context.hubUrl());
      if (now === of) return;
      of = now;
      stop();
      follow();
    },
    end: () => stop(),
  };
}
