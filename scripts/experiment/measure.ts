/** What the tables report: accuracy on suites that nobody trains on, before the first step and after the last. */
import { type Answered, ask } from '../../src/benchmark/answers.ts';
import { CLASSICS, LONG_CLASSICS } from '../../src/benchmark/classics.ts';
import { scoreOf } from '../../src/benchmark/report.ts';
import { type SuitePart, type SuitesAsked, suiteParts } from '../../src/benchmark/score.ts';
import { arithmeticSuite, buildSuite } from '../../src/benchmark/suites.ts';
import { DEFAULTS } from '../../src/config/hyperparameters.ts';
import type { Scores } from '../../src/experiments/results.ts';
import { QUESTION_TYPES } from '../../src/language/arithmetic.ts';
import { TIERS } from '../../src/language/grammar.ts';
import type { LevelId } from '../../src/language/level.ts';
import type { Reasoner } from '../../src/reasoner/reasoner.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { KINDS } from '../../src/tasks/task.ts';
import { fingerprint } from './store.ts';

export interface BaseScores {
  start: Scores;
  forced: Scores;
}

/** The same held-out tasks as on the curves, and more of them. */
const SUITE_SEED = 1;

/** The suites of a level with `tasks` questions by kind and tier, and by type of arithmetic. */
export function suitesOf(level: LevelId, tasks: number): SuitesAsked {
  return { level, tasks, seed: SUITE_SEED, inductionExamples: DEFAULTS.inductionExamples };
}

/** Names a measurement; another name as soon as the questions are others. */
export function suitesName({ level, tasks, seed, inductionExamples }: SuitesAsked): string {
  // The first of each suite tell whether a generator has changed, without building all of them.
  const count = Math.min(3, tasks);
  const sample = [
    KINDS.map((kind) =>
      TIERS.map((tier) => buildSuite({ level, kind, tier, count, seed, inductionExamples })),
    ),
    QUESTION_TYPES.map((type) => arithmeticSuite(type, count, seed)),
    [...CLASSICS, ...LONG_CLASSICS].filter((classic) => classic.level === level),
  ];
  return `scores-${tasks}-${fingerprint(JSON.stringify(sample))}`;
}

/** Greedy answers to all suites, as the reasoner chooses or forced to think. */
export async function measure(
  reasoner: Reasoner,
  sandbox: Sandbox,
  suites: SuitesAsked,
  options: { forceThink: boolean; maxNewTokens: number },
): Promise<Scores> {
  const parts = await suiteParts(sandbox, suites);
  const answered = await ask(
    reasoner,
    sandbox,
    parts.flatMap(({ questions }) => questions),
    options,
  );
  const classics: NonNullable<Scores['classics']> = {};
  const longClassics: NonNullable<Scores['longClassics']> = {};
  const arithmetic: Record<string, number> = {};
  const scores: Scores = { heldOut: {}, thinks: {}, classics, longClassics, arithmetic };
  const heldOut = new Map<Extract<SuitePart, { suite: 'heldOut' }>['kind'], Answered[]>();
  let at = 0;
  for (const part of parts) {
    const own = answered.slice(at, at + part.questions.length);
    at += part.questions.length;
    const { mean } = scoreOf(own);
    if (part.suite === 'classics') classics[part.kind] = mean;
    else if (part.suite === 'longClassics') longClassics[part.kind] = mean;
    else if (part.suite === 'arithmetic') arithmetic[part.type] = mean;
    else {
      scores.heldOut[part.kind] = { ...scores.heldOut[part.kind], [part.tier]: mean };
      heldOut.set(part.kind, [...(heldOut.get(part.kind) ?? []), ...own]);
    }
  }
  for (const [kind, own] of heldOut) scores.thinks[kind] = scoreOf(own).thinks;
  return scores;
}
