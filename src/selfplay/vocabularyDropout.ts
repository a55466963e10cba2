import { encode, isText } from '../language/tokenizer.ts';
import { FIRST_INTEGER, VOCABULARY } from '../language/vocabulary.ts';
import type { Random } from '../random.ts';

/** Texts that stay writable: the frame of every program, and literals of every type but for the letters in them. */
const KEPT_TEXTS = ['def f(x):\n    return x', 'def f(', '):', ' ', '        ', '            '];
const KEPT_IN_LITERALS = [
  ...Array.from('0123456789'),
  ...['-', '.', ',', ', ', "'", '"', "''", '[', ']', '[]', '(', ')', '{', '}', ':', 'True', 'False', 'None'],
];

/** Tokens that may be dropped: integers from 10 on, names, operators, built-ins and keywords but `def` and `return`. */
const DROPPABLE: readonly number[] = (() => {
  const kept = new Set([...KEPT_TEXTS, ...KEPT_IN_LITERALS].flatMap(encode));
  return VOCABULARY.map((_, token) => token).filter(
    (token) => token >= FIRST_INTEGER && isText(token) && !kept.has(token),
  );
})();

/**
 * A fresh random set of tokens that the proposer may not use, `share` of those that can be spared: what it cannot
 * repeat by habit it must write in another way (vocabulary dropout, arXiv 2604.03472). The paper masks the logits in
 * training too; here the mask is on sampling alone, and training sees the whole policy.
 */
export function drawBanned(share: number, random: Random): number[] {
  return random.sample(DROPPABLE, Math.round(share * DROPPABLE.length));
}
