// Blocking, in the head: the palette is known before the first paint.
import { applyTheme, storedTheme } from "./theme-store.ts";

applyTheme(storedTheme());
// What needs scripts is hidden where there are none.
document.documentElement.dataset.js = "";
