/**
 * Switches that Kelvin had once. A link, a command line or a file that names one still works: it gets one sentence,
 * and the run goes on without the switch.
 */
import { said } from '../words/said.ts';

interface Gone {
  /** Why nobody misses it, as the end of a sentence. */
  why: string;
  /** The value with which Kelvin behaved as it always does now; undefined: with none. */
  now?: string | number | boolean;
}

const mixture = (now: number): Gone => ({ now, why: 'warm-up-mixture chooses the mixture' });
const trivial: Gone = { now: true, why: 'reject-trivial replaces it' };
const bonus = (now: number | string): Gone => ({ now, why: 'there are no bonuses beside learnability' });
const tidying: Gone = { now: false, why: 'programs are taken as they are written' };
const oneUpdate = (now: number | boolean): Gone => ({ now, why: 'each step makes one on-policy update' });

/** Every switch that is gone, by its name in the URL and on the command line. */
const GONE: Readonly<Record<string, Gone>> = {
  'warm-up-walks': { now: 0, why: 'searches jump' },
  'warm-up-blank-lines': { now: 0, why: 'programs have no blank lines' },
  'warm-up-deduction': mixture(0.32),
  'warm-up-abduction': mixture(0.2),
  'warm-up-induction': mixture(0.22),
  'warm-up-propose': mixture(0.12),
  'warm-up-propose-induction': mixture(0.04),
  'warm-up-arithmetic': mixture(0.06),
  'warm-up-error': mixture(0.04),
  'pass-k-tasks': { now: 10, why: 'pass@k is measured on 10 tasks' },
  'program-steps': { now: 5000, why: 'a program has 5000 steps' },
  'induction-message': { now: 'off', why: 'the solver sees examples only' },
  'solver-only-steps': { now: 0, why: 'both roles learn from the first step' },
  'refresh-every': { now: 1, why: 'buffers are read anew in every step' },
  'composition-rise': { now: 0, why: 'the share of composites is constant' },
  'vocabulary-dropout': { now: 0, why: 'the proposer has all tokens' },
  'solver-data': { now: 'new-first', why: 'new tasks come first' },
  'solver-lag': { now: 0, why: 'the solver learns from the tasks of its step' },
  'supervised-tokens': { now: 55000, why: 'a supervised step trains on 55,000 tokens' },
  'buffer-filter': { now: 'all', why: 'all valid tasks are kept' },
  'determinism-runs': { now: 2, why: 'every proposal is run twice' },
  'banned-words': { now: 'sandbox', why: 'the sandbox’s allow-list decides' },
  'also-banned': { now: '', why: 'the sandbox’s allow-list decides' },
  'reject-raise': { now: true, why: 'a program that says which error it raises is always refused' },
  'reject-input-in-code': { now: false, why: 'a program may hold its own input' },
  'reject-multiple-functions': { now: true, why: 'a proposal with several functions is always refused' },
  'rename-function': tidying,
  'remove-comments': tidying,
  'remove-globals': tidying,
  'remove-print': tidying,
  'reject-identity': trivial,
  'reject-constant': trivial,
  'reject-unused-argument': trivial,
  'reward-correct': { now: 1, why: 'a correct answer earns 1' },
  'induction-reward': { now: 'binary', why: 'every hidden example must agree' },
  'intrinsic-complexity': bonus(0),
  'intrinsic-halstead': bonus(0),
  'intrinsic-distance': bonus(0),
  'intrinsic-answer': bonus(0),
  'intrinsic-input': bonus(0),
  'intrinsic-rarity': bonus('flat'),
  'intrinsic-cap': bonus(0.5),
  'intrinsic-combine': bonus('sum'),
  'proposer-baseline': { now: 'trr++', why: 'the proposer’s baseline is the mean of its step, by kind' },
  'baseline-decay': { now: 0.95, why: 'no baseline remembers earlier steps' },
  'scale-advantage': { now: true, why: 'advantages are always divided by their deviation' },
  whitening: { now: 'sequence', why: 'advantages are whitened by sequence' },
  'solver-band': { now: 'all', why: 'the solver trains on tasks of any solve rate' },
  'weight-decay': { now: 0.01, why: 'it is always 0.01' },
  beta1: { now: 0.9, why: 'it is always 0.9' },
  'loss-length': { now: 32, why: 'it is always 32' },
  'ppo-clip': oneUpdate(false),
  'ppo-clip-low': oneUpdate(0.2),
  'ppo-clip-high': oneUpdate(0.2),
  'ppo-dual-clip': oneUpdate(0),
  'ppo-epochs': oneUpdate(1),
  'ppo-mini-batches': oneUpdate(1),
};

/** Each switch that is gone, by its name in the URL, and why nobody misses it. */
export const RETIRED: Readonly<Record<string, string>> = Object.freeze(
  Object.fromEntries(Object.entries(GONE).map(([key, { why }]) => [key, why])),
);

/** The name in the URL, of a key written either way (`warmUpWalks` in files, `warm-up-walks` in links). */
function urlKeyOf(key: string): string {
  return key.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);
}

/** Whether Kelvin had a switch of this name once; the name as in the URL or as in files. */
export function isRetired(key: string): boolean {
  return Object.hasOwn(GONE, urlKeyOf(key));
}

/** Of the values of an older configuration, the keys of retired switches that made it differ from what holds now. */
export function retiredChanges(given: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(given).filter((key) => isRetired(key) && GONE[urlKeyOf(key)]?.now !== given[key]);
}

/** How many are named with their reasons. */
const NAMED = 3;

/**
 * One sentence about retired switches that a link, a command line or a file names: each with its reason or, where
 * there are many, the first few and how many more. Empty for none.
 */
export function retiredSentence(keys: readonly string[]): string {
  const names = [...new Set(keys.map(urlKeyOf))].filter(isRetired);
  if (names.length === 0) return '';
  const shown =
    names.length > NAMED
      ? [...names.slice(0, NAMED), said('{n} more', { n: names.length - NAMED })]
      : names.map((name) => `${name} (${RETIRED[name]})`);
  const [first = '', ...more] = shown;
  if (more.length === 0)
    return said('{switch} is no longer a switch; the run goes on without it.', { switch: first });
  const list = `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
  return said('{switches} are no longer switches; the run goes on without them.', { switches: list });
}
