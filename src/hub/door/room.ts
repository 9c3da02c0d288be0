/** Room for so many at a time, and for fewer of the same address, so that one client leaves room for the others. */
export type Room = {
  /**
   * @param address of the client; "" where it is not known: then the whole alone counts
   * @returns the way to leave, to be called once or more; null where there is no room
   */
  readonly enter: (address: string) => (() => void) | null;
  readonly inside: () => number;
};

export function createRoom(limits: { readonly all: number; readonly perAddress: number }): Room {
  const inside = new Map<string, number>();
  let all = 0;
  return {
    enter(address) {
      const of = inside.get(address) ?? 0;
      if (all >= limits.all || (address !== "" && of >= limits.perAddress)) return null;
      all++;
      inside.set(address, of + 1);
      let left = false;
      return () => {
        if (left) return;
        left = true;
        all--;
        const now = (inside.get(address) ?? 1) - 1;
        if (now > 0) inside.set(address, now);
        else inside.delete(address);
      };
    },
    inside: () => all,
  };
}
