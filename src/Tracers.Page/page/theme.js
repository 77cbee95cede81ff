'use strict';

// Light and dark: what the system asks for, until the button says otherwise. Canvases take their colours from the style, as everything else does.

const THEME_KEY = 'tracers-report-theme';

/** The style's colours by name, read once for each theme. @type {Record<string, string>} */
let themeColours = {};

/** Those who draw with colours. @type {(() => void)[]} */
const themeListeners = [];

/** @returns {boolean} */
function isDark() {
  return document.documentElement.dataset.theme === 'dark';
}

/**
 * A colour of the style.
 * @param {string} name without the dashes before it
 * @returns {string}
 */
function colour(name) {
  if (!(name in themeColours)) themeColours[name] = getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
  return themeColours[name];
}

/**
 * A colour for a number of things. Even steps look even: lightness changes evenly, and the hue goes csysdig's way, from green over yellow and red to magenta.
 * @param {number} share 0 to 1
 * @returns {string}
 */
function heatColour(share) {
  const hue = 150 - 175 * share;
  const light = isDark() ? 0.42 + 0.46 * share : 0.87 - 0.47 * share;
  const chroma = 0.07 + 0.12 * share;
  return `oklch(${light.toFixed(3)} ${chroma.toFixed(3)} ${((hue + 360) % 360).toFixed(1)})`;
}

/**
 * A quiet colour of its own for a name, on which the text colour can be read.
 * @param {string} name
 * @returns {string}
 */
function nameColour(name) {
  let hash = 2166136261;
  for (let i = 0; i < name.length && i < 100; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 16777619);
  const hue = (hash >>> 8) % 360;
  return isDark() ? `oklch(0.42 0.055 ${hue})` : `oklch(0.87 0.055 ${hue})`;
}

/** @param {boolean} dark */
function setTheme(dark) {
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  byId('theme').setAttribute('aria-pressed', String(dark));
  themeColours = {};
  for (const listener of themeListeners) listener();
}

/** What was chosen before in this browser; where it keeps nothing for files, nothing was. @returns {string|null} */
function keptTheme() {
  try {
    return localStorage.getItem(THEME_KEY);
  } catch {
    return null;
  }
}

/** Follows the system and the button. */
function startTheme() {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const kept = keptTheme();
  let chosen = kept === 'dark' || kept === 'light';
  setTheme(chosen ? kept === 'dark' : system.matches);
  system.addEventListener('change', () => {
    if (!chosen) setTheme(system.matches);
  });
  byId('theme').addEventListener('click', () => {
    const dark = !isDark();
    chosen = dark !== system.matches;
    setTheme(dark);
    try {
      if (chosen) localStorage.setItem(THEME_KEY, dark ? 'dark' : 'light');
      else localStorage.removeItem(THEME_KEY);
    } catch {
      // It is for this page only then.
    }
  });
  let before = false;
  addEventListener('beforeprint', () => {
    before = isDark();
    setTheme(false);
  });
  addEventListener('afterprint', () => setTheme(before));
}
