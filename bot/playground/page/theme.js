// Light or dark: as the system has it, or as it was chosen here.

const KEY = "theme";
export const THEMES = ["auto", "light", "dark"];

export const theme = () => (THEMES.includes(localStorage.getItem(KEY)) ? localStorage.getItem(KEY) : "auto");

export function chooseTheme(chosen) {
  localStorage.setItem(KEY, chosen);
  wear();
}

export function isDark() {
  return theme() === "dark" || (theme() === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
}

function wear() {
  document.documentElement.dataset.theme = theme();
  const bar = getComputedStyle(document.body).backgroundColor;
  for (const meta of document.querySelectorAll("meta[name=theme-color]")) meta.content = bar;
}

// The other pane, and other windows, follow.
window.addEventListener("storage", (event) => { if (event.key === KEY) wear(); });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", wear);
wear();
