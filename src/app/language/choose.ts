/** Which language the page speaks: that of the link, else the one chosen in this browser, else the browser's own. */
import type { Problem } from '../../config/hyperparameters.ts';
import { readFrame } from '../../run/frame.ts';
import { ENGLISH, LANGUAGES, type Language, languageFor, nameOf } from '../../words/languages.ts';
import { msg } from '../../words/words.ts';

const KEY = 'kelvin-language';

/** Said `again`, as what every other wrong value in a link is told. */
const NOT_SPOKEN = msg('Kelvin does not speak “{given}”; it speaks {there}.');

/** With what the link asks for in vain. Never throws. */
export function askedLanguage(query: string): { language: Language; problems: Problem[] } {
  const { language: given } = readFrame(query);
  const wishes = [given, storedLanguage(), ...navigator.languages].filter((wish) => wish !== null);
  const language = wishes.map(languageFor).find((one) => one !== null) ?? ENGLISH;
  if (given === null || languageFor(given) !== null) return { language, problems: [] };
  const there = LANGUAGES.map((one) => `${one} (${nameOf(one)})`).join(', ');
  const message = NOT_SPOKEN.replace('{given}', () => given).replace('{there}', () => there);
  return { language, problems: [{ key: 'lang', given, message }] };
}

export function storeLanguage(language: Language): void {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // Storage may be closed to the page; the choice then lasts as long as the page, and in its address.
  }
}

function storedLanguage(): Language | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
