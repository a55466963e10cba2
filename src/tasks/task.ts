/** Roles and kinds of the Absolute Zero loop (paper §3.2) and the records that travel through it. */

import { SPECS } from './index.ts';
import type { Triplet, Verdict } from './kind.ts';

export type { Example, Verdict } from './kind.ts';

export type Role = 'propose' | 'solve';
export type TaskKind = keyof typeof SPECS;
/** Every kind, on or off. */
export const ALL_KINDS = Object.keys(SPECS) as readonly TaskKind[];
/** The kinds that are on by default: the three of the paper's runs. */
export const KINDS: readonly TaskKind[] = ALL_KINDS.filter((kind) => SPECS[kind].switch.isOn);
/** One of the six baselines of TRR++ (paper Eq. 8); eight with error deduction. */
export type RoleKind = `${Role}:${TaskKind}`;

/** A verified triplet. For induction `input`/`output` are the first example and `examples` holds all. */
export interface Task extends Triplet {
  id: string;
  kind: TaskKind;
  /** Step at which it entered the buffer; 0 = built-in seed or seeding. */
  step: number;
  /** Ids of the references it was proposed from. */
  parents: string[];
  /** Outputs on the probe inputs, joined: equal behaviour means equal key. */
  fingerprint: string;
  /** Mean success of the latest attempts, null before the first. */
  solveRate: number | null;
  /** A person wrote it and put it into the buffer; absent in all others. */
  byHand?: true;
}

export interface Attempt {
  taskId: string;
  /** Response as text, thought included, line labels shown as `<n>`. */
  response: string;
  /** The answer alone; null when it could not be parsed. */
  answer: string | null;
  thinks: boolean;
  verdict: Verdict;
  reward: number;
  advantage: number;
  tokens: number;
  step: number;
}
