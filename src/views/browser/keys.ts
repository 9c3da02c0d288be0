/** A key that is text where it was typed, or belongs to a dialog, is not for the page. */
export function isForPage(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return false;
  if (document.querySelector("dialog[open]") !== null) return false;
  return !(event.target instanceof Element && event.target.matches("input:not([type=checkbox]), textarea, select"));
}

/** `/` leads to the filter, on every page. */
export function startFilterKey(): void {
  document.addEventListener("keydown", (event) => {
    const input = document.getElementById("filter");
    if (event.key !== "/" || !isForPage(event) || !(input instanceof HTMLInputElement)) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
}
