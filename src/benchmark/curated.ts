import { collectionOf, type HandwrittenProgram } from './handwritten.ts';

/**
 * The curated programs, of all levels: tasks that people wrote, for the control that trains on them instead of on
 * its own proposals. None acts like a program of the held-out class or like one of the classics.
 */
export const CURATED: readonly HandwrittenProgram[] = collectionOf('curated');
