import { applyTheme, storedTheme, storeTheme, THEMES, type Theme } from "./theme-store.ts";

const WORDS: Readonly<Record<Theme, string>> = {
  system: "Colours: as the system",
  light: "Colours: light",
  dark: "Colours: dark",
};

export function startThemeSwitch(): void {
  const button = document.querySelector<HTMLButtonElement>("[data-theme-switch]");
  if (button === null) return;
  let theme = storedTheme();
  const show = () => {
    applyTheme(theme);
    button.title = WORDS[theme];
    button.setAttribute("aria-label", WORDS[theme]);
  };
  button.addEventListener("click", () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? "system";
    storeTheme(theme);
    show();
  });
  show();
}
