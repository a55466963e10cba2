/** Colours for the canvas: custom properties resolved by the browser, so that charts follow the theme. */

let probe: HTMLElement | null = null;
const resolved = new Map<string, string>();

/** The colour of a custom property such as `--deduction` in the theme in force. */
export function cssColour(property: string): string {
  let colour = resolved.get(property);
  if (colour === undefined) {
    if (!probe) {
      probe = document.createElement('span');
      probe.hidden = true;
      document.body.append(probe);
    }
    probe.style.color = `var(${property})`;
    colour = getComputedStyle(probe).color;
    resolved.set(property, colour);
  }
  return colour;
}

/** Calls back whenever the theme changes, by the reader or by the system. Returns how to stop. */
export function onThemeChange(listener: () => void): () => void {
  const changed = () => {
    resolved.clear();
    listener();
  };
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    system.removeEventListener('change', changed);
  };
}
