/**
 * What the page says, in the reader's language. Texts stand in the code in English, and that English is their key in the
 * catalogue of every other language: `catalogues/de.json` and its like, one file a language. They are ICU messages
 * (https://unicode-org.github.io/icu/userguide/format_parse/messages/), put together by Lingui.
 *
 * Rooms below the page speak English alone: what they say goes into files and terminals too. The page says it `again`.
 */
import { i18n } from '@lingui/core';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import { patternsOf, takeApart } from './again.ts';
import { isolated, withIsolatedFigures } from './isolates.ts';
import { type Catalogue, catalogueOf, directionOf, ENGLISH, type Language } from './languages.ts';
import { itemsOf, splitOutside } from './lists.ts';
import { isPseudo, pseudo } from './pseudo.ts';

export type Values = Readonly<Record<string, string | number>>;

let catalogue: Catalogue = {};
let patterns: ReturnType<typeof patternsOf> = [];
/** What `again` has found: the same few texts are said at every drawing, and looking for one goes through all patterns. */
const found = new Map<string, string>();
const FOUND_AT_MOST = 5000;
i18n.loadAndActivate({ locale: ENGLISH, messages: {} });

/** Has the page speak a language from its next drawing on. Throws when its catalogue cannot be fetched. */
export async function speak(language: Language): Promise<void> {
  catalogue = await catalogueOf(language);
  patterns = patternsOf(Object.keys(catalogue));
  found.clear();
  i18n.loadAndActivate({ locale: language, messages: {} });
}

/** The language spoken now: for `Intl`, and for what is drawn anew when it changes. */
export const spoken = (): Language => i18n.locale;

/**
 * A number or a formula, which is read from left to right among words from right to left, too: its sign would stand
 * behind it. For what is no element of its own; code has it from its style.
 */
export const leftToRight = (text: string): string => (isFromTheRight() ? isolated(text) : text);
const isFromTheRight = () => directionOf(spoken()) === 'rtl';

/** Hears of every change of the language; returns what ends it. */
export const onLanguage = (listener: () => void): (() => void) => i18n.on('change', listener);

/**
 * A text in the reader's language. It is written out where it is said, in English, so that `npm run words` finds it:
 * `t('{tasks, plural, one {# task} other {# tasks}} in the buffer', { tasks })`.
 */
export function t(text: string, values?: Values): string {
  const said = unbroken(i18n._(prepared(text), values));
  return isFromTheRight() ? withIsolatedFigures(said) : said;
}

/**
 * A word that has another sense in English as well, for which other languages have a word of their own:
 * `inSense('Play', 'a recording')`. Its key in the catalogues is “Play [a recording]”.
 */
export function inSense(text: string, sense: string): string {
  const key = `${text} [${sense}]`;
  return catalogue[key] ? t(key) : t(text);
}

/** Marks a text that is said elsewhere, by `again`: one that stands in a table, which outlives a change of language. */
export const msg = <Text extends string>(text: Text): Text => text;

/** No line ends between a number and its sign: “9.3 ± 1.8 %”. */
const unbroken = (text: string) =>
  /[%±]/.test(text) ? text.replace(/(?<=\d) (?=[%±])|(?<=±) (?=\d)/g, '\u00a0') : text;

/** A text of a table, or what a room below the page said, in the reader's language; as it is where no catalogue has it. */
export function again(text: string): string {
  if (spoken() === ENGLISH) return unbroken(text);
  let said = found.get(text);
  if (said === undefined) {
    said = /\p{L}/u.test(text) ? inWords(text) : leftToRight(inFigures(text));
    if (found.size >= FOUND_AT_MOST) found.clear();
    found.set(text, said);
  }
  return said;
}

/** Nothing of ours is left as it is by a pseudo-language, whatever braces are in it. */
function inWords(text: string): string {
  const language = spoken();
  const known = knownAs(text);
  if (known !== null || !isPseudo(language)) return known ?? text;
  return isFromTheRight() ? withIsolatedFigures(pseudo(language, text)) : pseudo(language, text);
}

function knownAs(text: string): string | null {
  const known = recognised(text) ?? inParts(text);
  if (known !== null || !text.endsWith('.')) return known;
  // What was thrown without a full stop has one where it is told as a sentence.
  const sentence = recognised(text.slice(0, -1));
  return sentence === null ? null : `${sentence}.`;
}

/** A text that the catalogue has, or a list of such, or what one of its patterns fits; null for any other. */
function recognised(text: string): string | null {
  if (catalogue[text] !== undefined) return t(text);
  const clauses = splitOutside(text, '; ');
  const told = clauses.length > 1 ? clauses.map(recognised) : [null];
  if (told.every((clause) => clause !== null)) return told.join('; ');
  const list = itemsOf(text)?.map((item) => recognised(item) ?? inParts(item));
  if (list?.every((item) => item !== null)) return listed(list);
  const said = takeApart(patterns, text);
  if (said === null) return null;
  const values = Object.entries(said.values).map(([name, value]) => [name, again(value)]);
  return t(said.key, Object.fromEntries(values));
}

/** A name of several parts, such as “The climb: Full method, small”; null where the catalogue has none of them. */
function inParts(text: string): string | null {
  for (const separator of ['; ', ': ', ', ']) {
    const parts = splitOutside(text, separator);
    if (parts.length < 2) continue;
    const known = parts.map((part) => recognised(part) ?? inParts(part));
    if (known.some((part) => part !== null))
      return known.map((part, at) => part ?? parts[at]).join(separator);
  }
  const [, head, inner] = /^(.+) \((.+)\)$/s.exec(text) ?? [];
  const known = inner === undefined ? null : recognised(inner);
  return known === null || head === undefined ? null : `${again(head)} (${known})`;
}

/** “a, b and c”, as the language writes it. */
function listed(items: readonly string[]): string {
  return new Intl.ListFormat(spoken(), { type: 'conjunction' }).format(items);
}

/** A number as the language writes it; anything else as it is. */
function inFigures(text: string): string {
  if (!/^[+−-]?\d+(\.\d+)?( ± \d+(\.\d+)?)?$/.test(text)) return text;
  return text.replace(/\d+\.(\d+)/g, (number, digits: string) =>
    Number(number).toLocaleString(spoken(), {
      minimumFractionDigits: digits.length,
      numberingSystem: 'latn',
      useGrouping: false,
    }),
  );
}

/**
 * The same text, once Lingui knows it. Each is compiled when it is first said: all at once would hold up the page's first
 * drawing.
 */
export function prepared(text: string): string {
  const { messages, locale } = i18n;
  if (messages[text] === undefined) {
    messages[text] = isPseudo(locale)
      ? compileMessage(text, (part) => pseudo(locale, part))
      : compileMessage(catalogue[text] || text);
  }
  return text;
}
