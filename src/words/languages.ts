/** The languages of the page: English, which the code is written in, and one file in `catalogues` for every other. */
import { isPseudo } from './pseudo.ts';

/** A BCP 47 tag. */
export type Language = string;
/** English → the language's own. */
export type Catalogue = Readonly<Record<string, string>>;

export const ENGLISH: Language = 'en';

const FILES = import.meta.glob<Catalogue>('./catalogues/*.json', { import: 'default' });
const fileOf = (language: Language) => FILES[`./catalogues/${language}.json`];

/** All that can be chosen, English first, the others by their names. */
export const LANGUAGES: readonly Language[] = [
  ENGLISH,
  ...Object.keys(FILES)
    .map((path) => path.replace(/^.*\/|\.json$/g, ''))
    .sort((a, b) => nameOf(a).localeCompare(nameOf(b))),
];

/** A language's name in itself: "Deutsch". */
export function nameOf(language: Language): string {
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}

/** Languages whose script is written from right to left, by their first subtag. */
const FROM_THE_RIGHT = new Set(['ar', 'dv', 'fa', 'he', 'ku', 'ps', 'sd', 'ug', 'ur', 'yi']);

export const directionOf = (language: Language): 'ltr' | 'rtl' =>
  FROM_THE_RIGHT.has(language.split('-')[0] ?? '') ? 'rtl' : 'ltr';

/**
 * The language of the page that a reader's wish comes to: the same tag, else the same language ("de-AT" → "de"); null
 * where there is none.
 */
export function languageFor(wish: string): Language | null {
  if (isPseudo(wish)) return wish;
  const first = (tag: string) => tag.toLowerCase().split('-')[0];
  return (
    LANGUAGES.find((language) => language.toLowerCase() === wish.toLowerCase()) ??
    LANGUAGES.find((language) => first(language) === first(wish)) ??
    null
  );
}

/** Fetches it. Throws when it cannot be had. */
export async function catalogueOf(language: Language): Promise<Catalogue> {
  return (await fileOf(language)?.()) ?? {};
}
