/**
 * A sentence of a room below the page, in English, with its values in it. `npm run words` takes its pattern from where it
 * is written, and the page finds the sentence by it and says it in any language (`again`).
 */
export function said(pattern: string, values: Readonly<Record<string, string | number>> = {}): string {
  return pattern.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
