import { LEVEL_IDS, type LevelId } from '../../src/language/level.ts';
import { type Flag, whole } from './flag.ts';

/** The flag of a level of the task language. */
export function level(help: string): Flag<LevelId> {
  return whole([Math.min(...LEVEL_IDS), Math.max(...LEVEL_IDS)], help, 1) as Flag<LevelId>;
}
