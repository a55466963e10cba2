/** Finds what a room below the page said in a catalogue whose keys have places for names and numbers. */

/** The place of a value in a message: `{name}`. Plurals and the like are no patterns. */
const PLACE = /\{(\w+)\}/g;

interface Pattern {
  key: string;
  /** What the message begins with, to pass most of them over quickly. */
  head: string;
  shape: RegExp;
  names: string[];
}

/** What was said, taken apart. */
export interface Spoken {
  key: string;
  values: Record<string, string>;
}

/** The keys with places, ready to be looked through. */
export function patternsOf(keys: readonly string[]): Pattern[] {
  return (
    keys
      .filter((key) => key.search(PLACE) >= 0 && !/\{\w+,/.test(key) && !isVague(key))
      .map((key) => {
        const names = [...key.matchAll(PLACE)].map(([, name]) => name ?? '');
        const between = key.split(/\{\w+\}/);
        return {
          key,
          head: between[0] ?? '',
          shape: new RegExp(`^${between.map(escaped).join('([\\s\\S]+?)')}$`),
          names,
        };
      })
      // The more of the text a pattern has itself, the less is left to chance.
      .sort((a, b) => fixed(b.key) - fixed(a.key))
  );
}

/** The pattern that fits a text, with what stands in its places; null where none does. */
export function takeApart(patterns: readonly Pattern[], text: string): Spoken | null {
  for (const { key, head, shape, names } of patterns) {
    if (!text.startsWith(head)) continue;
    const found = shape.exec(text);
    if (found)
      return { key, values: Object.fromEntries(names.map((name, index) => [name, found[index + 1] ?? ''])) };
  }
  return null;
}

/** “{a} of {b}” would fit nearly anything. */
const isVague = (key: string) =>
  key.startsWith('{') && (key.replace(PLACE, '').match(/\p{L}/gu) ?? []).length < 4;

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const fixed = (key: string) => key.replace(PLACE, '').length;
