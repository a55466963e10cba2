import { CURATED_1 } from './curated1.ts';
import { CURATED_2 } from './curated2.ts';
import { type HandwrittenProgram, readCollection } from './handwritten.ts';

/**
 * The curated programs, of both levels: tasks that people wrote, for the control that trains on them instead of on
 * its own proposals. None acts like a program of the held-out class or like one of the classics.
 */
export const CURATED: readonly HandwrittenProgram[] = [
  ...readCollection(1, CURATED_1),
  ...readCollection(2, CURATED_2),
];
