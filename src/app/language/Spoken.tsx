import { Fragment, type ReactNode, useSyncExternalStore } from 'react';
import type { Problem } from '../../config/hyperparameters.ts';
import { directionOf, ENGLISH, type Language } from '../../words/languages.ts';
import { onLanguage, speak, spoken } from '../../words/words.ts';
import { askedLanguage } from './choose.ts';

/** Everything in it is drawn anew in another language: texts are asked for while drawing, and nothing keeps them. */
export function Spoken({ children }: { children: ReactNode }) {
  const language = useSyncExternalStore(onLanguage, spoken);
  return <Fragment key={language}>{children}</Fragment>;
}

/**
 * The page's first language, before its first drawing; English where that of the reader cannot be fetched. Comes back with
 * what the link asks for in vain.
 */
export async function beginLanguage(query: string): Promise<Problem[]> {
  const { language, problems } = askedLanguage(query);
  await setLanguage(language).catch(() => setLanguage(ENGLISH));
  return problems;
}

/** Throws when the language cannot be fetched; the page then speaks on as before. */
export async function setLanguage(language: Language): Promise<void> {
  await speak(language);
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
}
