import { barTexts as texts } from "../texts/bar.ts";
import { applyTheme, storedTheme, storeTheme, THEMES } from "./theme-store.ts";

export function startThemeSwitch(): void {
  const button = document.querySelector<HTMLButtonElement>("[data-theme-switch]");
  if (button === null) return;
  let theme = storedTheme();
  const show = () => {
    applyTheme(theme);
    button.title = texts.themes[theme];
    button.setAttribute("aria-label", texts.themes[theme]);
  };
  button.addEventListener("click", () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? "system";
    storeTheme(theme);
    show();
  });
  show();
}
