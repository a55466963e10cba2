/** The final measurement: every suite, greedy, forced to think, and sampled. */
import { ARITHMETIC_TYPES } from '../language/arithmetic.ts';
import { TIERS } from '../language/grammar.ts';
import type { Reasoner } from '../reasoner/reasoner.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { KINDS } from '../tasks/task.ts';
import { type Answered, ask, type Question } from './answers.ts';
import { classicTasks } from './classics.ts';
import { type Measured, type PassK, type SuiteReport, scoreOf } from './report.ts';
import { arithmeticSuite, buildSuite } from './suites.ts';

export interface ScoringOptions {
  /** Of the task language. */
  level: number;
  /** Held-out tasks by kind and tier, and arithmetic questions by type. The classics are as many as they are. */
  tasks: number;
  /** Of the suites: the same seed asks the same. */
  seed: number;
  maxNewTokens: number;
  inductionExamples: number;
  /** Also samples, for pass@k. */
  passK?: PassK;
  onProgress?: (what: string, done: number, total: number) => void;
}

/** Questions that are scored together, and who takes the result. */
export interface Group {
  questions: readonly Question[];
  put: (measured: Measured) => void;
}

/** Scores on all suites of a level. The same reasoner and options give the same report. */
export async function scoreSuites(
  reasoner: Reasoner,
  sandbox: Sandbox,
  options: ScoringOptions,
): Promise<SuiteReport> {
  const { level, tasks, seed, inductionExamples, passK = null } = options;
  const report: SuiteReport = { level, seed, passK, heldOut: {}, classics: {}, arithmetic: {} };
  const classics = await classicTasks(sandbox, level, seed);
  const groups: Group[] = [];
  for (const kind of KINDS) {
    const byTier: Record<string, Measured> = {};
    report.heldOut[kind] = byTier;
    for (const tier of TIERS) {
      const questions = buildSuite({ level, kind, tier, count: tasks, seed, inductionExamples });
      groups.push({
        questions,
        put: (measured) => {
          byTier[tier] = measured;
        },
      });
    }
    const questions = classics.filter((task) => task.kind === kind);
    if (questions.length > 0) {
      groups.push({
        questions,
        put: (measured) => {
          report.classics[kind] = measured;
        },
      });
    }
  }
  for (const type of ARITHMETIC_TYPES) {
    const questions = arithmeticSuite(type, tasks, seed);
    groups.push({
      questions,
      put: (measured) => {
        report.arithmetic[type] = measured;
      },
    });
  }
  await measure(reasoner, sandbox, groups, options);
  return report;
}

/** Measures groups of questions in every way, all groups at once so that the batches are large. */
export async function measure(
  reasoner: Reasoner,
  sandbox: Pick<Sandbox, 'run'>,
  groups: readonly Group[],
  { maxNewTokens, passK, seed, onProgress }: Omit<ScoringOptions, 'level' | 'tasks' | 'inductionExamples'>,
): Promise<void> {
  const questions = groups.flatMap((group) => group.questions);
  const progress = (what: string) => (done: number, total: number) => onProgress?.(what, done, total);
  const greedy = await ask(reasoner, sandbox, questions, { maxNewTokens, onProgress: progress('greedy') });
  const forced = await ask(reasoner, sandbox, questions, {
    maxNewTokens,
    forceThink: true,
    onProgress: progress('forced to think'),
  });
  const sampled =
    passK &&
    (await ask(reasoner, sandbox, questions, {
      maxNewTokens,
      samples: { n: passK.n, temperature: passK.temperature, seed },
      onProgress: progress(`pass@${passK.k}`),
    }));
  let at = 0;
  for (const { put, questions } of groups) {
    const own = (answered: readonly Answered[]) => answered.slice(at, at + questions.length);
    const measured: Measured = { greedy: scoreOf(own(greedy)), forced: scoreOf(own(forced)) };
    if (sampled && passK) measured.passK = scoreOf(own(sampled), passK.n, passK.k);
    put(measured);
    at += questions.length;
  }
}
