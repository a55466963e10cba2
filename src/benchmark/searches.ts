/**
 * How abductions search: a thought tries one input after another, traces the program on it and compares. Measured on
 * held-out answers alone.
 */
import { decode, SPECIAL } from '../language/tokenizer.ts';
import type { Answered } from './answers.ts';

/** Of all answers, whether they think or not. */
export interface Searches {
  /** Share that is right, and compares one input at most. */
  firstTry: number;
  /** Share that is wrong, and whose thought ends on a comparison that it says holds. */
  falseHit: number;
  /** Inputs compared in a thought, on average. */
  tried: number;
  /** Share that was cut before it came to an answer. */
  cut: number;
}

/** What the answers to some abductions did; a comparison is what follows an `<out>`. Zeros for no answer at all. */
export function searchesOf(answered: readonly Pick<Answered, 'responses'>[]): Searches {
  const responses = answered.flatMap((each) => each.responses);
  const compared = responses.map(({ tokens }) => tokens.filter((token) => token === SPECIAL.output).length);
  const share = (count: number) => count / Math.max(1, responses.length);
  return {
    firstTry: share(responses.filter(({ isCorrect }, i) => isCorrect && compared[i]! <= 1).length),
    falseHit: share(responses.filter(({ isCorrect, tokens }) => !isCorrect && endsOnHit(tokens)).length),
    tried: share(compared.reduce((sum, count) => sum + count, 0)),
    cut: share(responses.filter(({ finished }) => !finished).length),
  };
}

function endsOnHit(tokens: readonly number[]): boolean {
  const end = tokens.indexOf(SPECIAL.answer);
  return end >= 0 && decode(tokens.slice(0, end)).endsWith(' = True;');
}
