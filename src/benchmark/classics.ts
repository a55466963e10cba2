import { CLASSICS_1 } from './classics1.ts';
import { CLASSICS_2 } from './classics2.ts';
import { type HandwrittenProgram, readCollection } from './handwritten.ts';

/**
 * The classics, of both levels: small functions that everybody knows, written by hand for measuring. What they do is
 * of the held-out class, so neither warm-up nor self-play trains on a program that acts like one of them.
 */
export const CLASSICS: readonly HandwrittenProgram[] = [
  ...readCollection(1, CLASSICS_1),
  ...readCollection(2, CLASSICS_2),
];
