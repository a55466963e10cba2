/** The glossary, part of the page itself, so that it can be read without a network. */
import text from '../../../docs/glossary.md?raw';
import { again, spoken } from '../../words/words.ts';
import { type Glossary, parseGlossary } from './parse.ts';

let last: { language: string; glossary: Glossary } | null = null;

/** In the language that is spoken now; read once for each. */
export function glossary(): Glossary {
  const language = spoken();
  if (last?.language !== language) last = { language, glossary: parseGlossary(text, again) };
  return last.glossary;
}
