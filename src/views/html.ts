/** Our components never wait; Kita's type allows for promises. */
export function html(element: JSX.Element): string {
  if (typeof element === "string") return element;
  throw new Error("a component that waits cannot be shown");
}
