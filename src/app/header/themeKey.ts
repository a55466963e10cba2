/** Where the reader's choice of colours is kept: the page and its documents read it. */
export const THEME_KEY = 'kelvin-theme';
