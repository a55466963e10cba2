/** Catalogues beside what the page says: what they lack, what they have for nothing, and what cannot be put together. */
import { readdirSync } from 'node:fs';
import { type CompiledMessage, compileMessageOrThrow } from '@lingui/message-utils/compileMessage';

export type Catalogue = Record<string, string>;

/** Their file names. */
export const cataloguesIn = (folder: string): string[] =>
  readdirSync(folder).filter((name) => name.endsWith('.json'));

/** Every flaw in a sentence; none in a catalogue that is complete. */
export function flawsOf(catalogue: Catalogue, texts: readonly string[]): string[] {
  const said = new Set(texts);
  return [
    ...texts.filter((text) => !catalogue[text]).map((text) => `not translated: ${text}`),
    ...Object.keys(catalogue)
      .filter((text) => !said.has(text))
      .map((text) => `said nowhere: ${text}`),
    ...Object.entries(catalogue).flatMap(([text, own]) => (own && said.has(text) ? flawOf(text, own) : [])),
  ];
}

/** The catalogue with exactly what is said, in that order; empty where there is no translation yet. */
export const broughtUpToDate = (catalogue: Catalogue, texts: readonly string[]): Catalogue =>
  Object.fromEntries(texts.map((text) => [text, catalogue[text] ?? '']));

function flawOf(text: string, own: string): string[] {
  try {
    compileMessageOrThrow(own);
  } catch (error) {
    return [`${(error as Error).message}: ${own}`];
  }
  const [wanted, given] = [partsOf(text), partsOf(own)];
  const lost = wanted.filter((part) => !given.includes(part));
  const invented = given.filter((part) => !wanted.includes(part));
  if (lost.length + invented.length === 0) return [];
  const what = [...lost.map((part) => `lacks ${part}`), ...invented.map((part) => `has ${part} too many`)];
  return [`${what.join(', ')}: ${own}`];
}

/** Places, tags and links of a message: a translation has the same, in any order and as often as its grammar needs. */
function partsOf(text: string): string[] {
  const places = placesOf(compileMessageOrThrow(text)).map((name) => `{${name}}`);
  const tags = [...text.matchAll(/<\/?\w+\/?>/g)].map(([tag]) => tag);
  const links = [...text.matchAll(/\]\((#[\w-]+)\)/g)].map(([, to]) => `(${to})`);
  return [...new Set([...places, ...tags, ...links])];
}

/** By name, those within the cases of a plural too. The words of such a case, “one {task}”, are none. */
function placesOf(message: CompiledMessage): string[] {
  return message.flatMap((token) => {
    if (typeof token === 'string') return [];
    const [name, , cases] = token;
    const said = typeof cases === 'object' && cases ? Object.values(cases).filter(Array.isArray) : [];
    return [name, ...said.flatMap((own: CompiledMessage) => placesOf(own))];
  });
}
