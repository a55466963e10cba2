/** A few fixed held-out tasks and what is answered to them, for readers. */
import { type BenchmarkTask, buildSuite } from '../../src/benchmark/suites.ts';
import type { Config } from '../../src/config/hyperparameters.ts';
import type { BeforeAfter } from '../../src/experiments/results.ts';
import { render } from '../../src/language/tokenizer.ts';
import type { Reasoner } from '../../src/reasoner/reasoner.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { SPECS } from '../../src/tasks/index.ts';
import { judgeAll } from '../../src/tasks/judging.ts';
import { KINDS } from '../../src/tasks/task.ts';

type Answered = Omit<BeforeAfter, 'before' | 'after'> & { answer: BeforeAfter['before'] };

/** Another seed than that of the suites: these are only looked at. */
const SEED = 7;
const TIERS = [2, 3];

/** Greedy answers to one task of each kind and of a few tiers. */
export async function answersOf(reasoner: Reasoner, sandbox: Sandbox, config: Config): Promise<Answered[]> {
  const { level, inductionExamples, maxSolveTokens } = config;
  const tasks = KINDS.flatMap((kind) =>
    TIERS.flatMap((tier) => buildSuite({ level, kind, tier, count: 1, seed: SEED, inductionExamples })),
  );
  const rollouts = await reasoner.sample(
    tasks.map((task) => SPECS[task.kind].solvePrompt(task)),
    { maxNewTokens: maxSolveTokens, temperature: 1, greedy: true, seed: 0 },
  );
  const judged = await judgeAll(
    tasks.map((task, i) => ({ task, rollout: rollouts[i] as (typeof rollouts)[number] })),
    sandbox,
  );
  return tasks.map((task, i) => ({
    kind: task.kind,
    tier: task.tier,
    ...questionOf(task),
    answer: {
      response: render(rollouts[i]?.tokens ?? []),
      verdict: judged[i]?.verdict ?? 'format',
    },
  }));
}

export function beforeAndAfter(before: readonly Answered[], after: readonly Answered[]): BeforeAfter[] {
  return before.map(({ answer, ...task }, i) => ({
    ...task,
    before: answer,
    after: after[i]?.answer ?? answer,
  }));
}

function questionOf({ kind, program, input, output, examples = [] }: BenchmarkTask) {
  switch (SPECS[kind].asks) {
    case 'output':
      return { question: `${program}\n\nf(${input}) = ?`, expected: output };
    case 'input':
      return { question: `${program}\n\nf(?) = ${output}`, expected: `e.g. ${input}` };
    case 'program': {
      const shown = examples.slice(0, Math.floor(examples.length / 2));
      return {
        question: shown.map(({ input: x, output: y }) => `f(${x}) = ${y}`).join('\n'),
        expected: program,
      };
    }
  }
}
