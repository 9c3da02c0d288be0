/** Room for so many at a time. `take` returns the way to leave, to be called once or more; null where all seats are taken. */
export function createSeats(count: number): { readonly take: () => (() => void) | null } {
  let taken = 0;
  return {
    take() {
      if (taken >= count) return null;
      taken++;
      let left = false;
      return () => {
        if (!left) taken--;
        left = true;
      };
    },
  };
}
