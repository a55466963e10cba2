/**
 * Levels of the task language: each a typed generator of programs with their small-step interpreter. They stand in
 * for the pretraining of AZR's base model: they write warm-up examples, held-out suites and the tasks of controls,
 * never a task of self-play.
 */
import { LEVEL_1 } from './level1/level.ts';
import { LEVEL_2 } from './level2/level.ts';
import type { Level } from './levelTypes.ts';

export type { Level, LevelProgram } from './levelTypes.ts';

/** Every level. A new one is a folder and a line here. */
const LEVELS = { 1: LEVEL_1, 2: LEVEL_2 } satisfies Record<number, Level>;
export type LevelId = keyof typeof LEVELS;
export const LEVEL_IDS = Object.keys(LEVELS).map(Number) as readonly LevelId[];

/** The level of a number. */
export function levelOf(id: LevelId): Level {
  return LEVELS[id];
}

/** The sizes of which the page has a base, so that a run can begin without a warm-up. */
export function shippedSizes(id: LevelId): string[] {
  return Object.entries(levelOf(id).bases).flatMap(([size, { isShipped }]) => (isShipped ? [size] : []));
}

export function hasShippedBase(size: string, id: LevelId): boolean {
  return shippedSizes(id).includes(size);
}
