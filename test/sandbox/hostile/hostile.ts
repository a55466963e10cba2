/** All hostile programs by what they attack. Tests only: nothing of this is part of the page. */
import type { Attack } from './attack.ts';
import { BOMBS } from './bombs.ts';
import { CHANCE } from './chance.ts';
import { EXITS } from './exits.ts';
import { FILES } from './files.ts';
import { FORGERIES } from './forgeries.ts';
import { IMPORTS } from './imports.ts';
import { LIBRARY } from './library.ts';
import { LOOPS } from './loops.ts';
import { NAMES } from './names.ts';
import { NESTING } from './nesting.ts';
import { REMAINS } from './remains.ts';
import { TAMPERING } from './tampering.ts';
import { TEXTS } from './texts.ts';
import { VERIFIER } from './verifier.ts';
import { WALKS } from './walks.ts';

export const ATTACKS: Readonly<Record<string, readonly Attack[]>> = {
  'ways out by import': IMPORTS,
  'walks over attributes': WALKS,
  'names that are not there': NAMES,
  'values without bounds': BOMBS,
  'bombs of the library': LIBRARY,
  'depth without bounds': NESTING,
  'loops without end': LOOPS,
  'exits and threads': EXITS,
  chance: CHANCE,
  'changes to what others meet': TAMPERING,
  'changes to the verifier': VERIFIER,
  'remains of a run': REMAINS,
  'forged results': FORGERIES,
  'texts that break out': TEXTS,
  files: FILES,
};

/** One in so many of a group, the first among them. */
export function sample(group: readonly Attack[], every: number): readonly Attack[] {
  return group.filter((_, i) => i % every === 0);
}
