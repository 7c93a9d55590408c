export const THEMES = ["light", "dark", "system"] as const;
export type Theme = (typeof THEMES)[number];

/** The cookie that the root layout reads, so that the first paint has the right colours. */
export const THEME_COOKIE = "muster-theme";
const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** What a cookie's value stands for; anything unknown follows the system. */
export function readTheme(value: string | undefined): Theme {
  return THEMES.find((theme) => theme === value) ?? "system";
}

/** The class of the root element; none when the system decides. */
export function themeClass(theme: Theme): string {
  return theme === "system" ? "" : theme;
}

/** Applies a theme at once and remembers it for a year. */
export function chooseTheme(theme: Theme): void {
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
  document.documentElement.classList.remove("light", "dark");
  if (theme !== "system") document.documentElement.classList.add(theme);
}
