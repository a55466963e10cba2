/**
 * Two languages that nobody speaks, which show in a test what a real one would break: `en-XA` marks and lengthens what is
 * translated, so that what was forgotten stands out and what has no room is clipped; `ar-XB` is read from right to left.
 */
const PSEUDO_LANGUAGES = ['en-XA', 'ar-XB'] as const;
export type PseudoLanguage = (typeof PSEUDO_LANGUAGES)[number];

const PLAIN = 'AEIOUYaeiouycnszdlr';
const MARKED = 'ÅÉÎÖÛÝåéîöûýçñšžđłř';
/** Tags of rich text, what a link leads to and code stay as they are. */
const KEPT = /(<\/?\w+\/?>|\]\(#[\w-]+\)|`[^`]+`)/;
/** German needs about so much more room than English. */
const LONGER = 0.3;

export const isPseudo = (language: string): language is PseudoLanguage =>
  (PSEUDO_LANGUAGES as readonly string[]).includes(language);

/** A piece of an English message in such a language. */
export function pseudo(language: PseudoLanguage, text: string): string {
  if (language === 'ar-XB') return text;
  const parts = text.split(KEPT);
  const letters = parts
    .filter((part) => !KEPT.test(part))
    .join('')
    .trim().length;
  const marked = parts.map((part) => (KEPT.test(part) ? part : mark(part))).join('');
  return marked + '·'.repeat(Math.round(letters * LONGER));
}

const mark = (text: string) => [...text].map((letter) => MARKED[PLAIN.indexOf(letter)] ?? letter).join('');
