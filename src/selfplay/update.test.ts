/** What each switch of the update changes in the sequences that the reasoner is trained on, and what it leaves. */
import { describe, expect, test } from 'vitest';
import { taskOf } from '../../test/builders.ts';
import { ScriptedReasoner } from '../../test/selfplay/scriptedReasoner.ts';
import { type Config, DEFAULTS } from '../config/hyperparameters.ts';
import type { TrainingSequence } from '../reasoner/reasoner.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { CORRECT, WRONG } from '../tasks/kind.ts';
import { setAdvantages } from './advantage.ts';
import { createContext } from './context.ts';
import type { Attempt, AttemptGroup, Proposal } from './records.ts';
import { LENGTH_NORMALIZER, update } from './update.ts';

/** Nothing here runs a program. */
const sandbox: Sandbox = {
  run: () => Promise.reject(new Error('nothing is to be run')),
  ready: async () => {},
  stats: () => {
    throw new Error('nothing was run');
  },
  close: () => {},
};

const response = (length: number, token: number) => ({
  tokens: new Array<number>(length).fill(token),
  logprobs: new Array<number>(length).fill(-0.25),
  finished: true,
});

const task = (id: string) => taskOf(id, { step: 1 });

/** Attempts at one task: `+` correct, `-` wrong; the i-th attempt is i + 2 tokens long. */
function group(prompt: number, signs: string): AttemptGroup {
  const attempts = [...signs].map(
    (sign, i): Attempt => ({
      ...response(i + 2, 100 + i),
      judged: {
        ...(sign === '+' ? CORRECT : WRONG),
        solution: null,
        execution: null,
      },
      reward: sign === '+' ? 1 : -0.5,
      advantage: null,
    }),
  );
  return {
    task: task(`d${prompt}`),
    proposal: null,
    trains: true,
    prompt: [prompt, prompt],
    attempts,
    solveRate: signs.split('+').length / signs.length,
  };
}

const proposals = (): Proposal[] =>
  [0.5, -0.5, 1, -1].map((advantage, i) => ({
    kind: 'deduction',
    references: [],
    prompt: [5, i],
    ...response(6 + i, 200),
    parsed: null,
    verdict: { ok: false, rejection: 'format', detail: '' },
    execution: null,
    inner: null,
    task: null,
    reward: advantage,
    advantage,
  }));

async function train(changes: Partial<Config> = {}) {
  const config = { ...DEFAULTS, ...changes };
  const reasoner = new ScriptedReasoner();
  const context = createContext({ reasoner, sandbox, config, listener: () => {} });
  const groups = [group(2, '+-'), group(3, '+++-'), group(4, '----')];
  for (const each of groups) setAdvantages([], [each], config);
  const report = await update(context, proposals(), groups, 1);
  const isSolver = ({ prompt }: TrainingSequence) => (prompt[0] as number) < 5;
  const sequences = reasoner.updates.flatMap((update) => [...update.sequences]);
  return {
    report,
    updates: reasoner.updates,
    sequences,
    solver: sequences.filter(isSolver),
    proposer: sequences.filter((sequence) => !isSolver(sequence)),
    options: reasoner.updates[0]?.options,
  };
}

/** 4 proposals of 6 … 9 tokens; attempts of 2 + 3, 2 … 5 and 2 … 5 tokens. */
const SEQUENCES = 14;
const TOKENS = 30 + 5 + 14 + 14;

test('without a switch there is one update, divided by a constant', async () => {
  const { updates, options, solver, proposer } = await train();
  expect(updates.length).toBe(1);
  expect(options?.normalizer).toBe(SEQUENCES * LENGTH_NORMALIZER);
  // Four attempts that all failed say nothing and are left out.
  expect([solver.length, proposer.length]).toEqual([6, 4]);
});

describe('loss normalization', () => {
  test('by token divides by all tokens, those without gradient included', async () => {
    const usual = await train();
    const byToken = await train({ lossNormalizer: 'token' });
    expect(byToken.options).toEqual({ ...usual.options, normalizer: TOKENS });
    expect(byToken.sequences).toEqual(usual.sequences);
  });

  test('by sequence gives every response its own mean', async () => {
    const usual = await train({ klSolve: 0.3 });
    const own = await train({ klSolve: 0.3, lossNormalizer: 'sequence' });
    expect(own.options).toEqual({ ...usual.options, normalizer: SEQUENCES });
    for (const [i, { response, weight, klToBase }] of own.sequences.entries()) {
      const other = usual.sequences[i] as TrainingSequence;
      expect(response).toEqual(other.response);
      expect((weight as number) * response.length).toBeCloseTo(other.weight as number);
      expect((klToBase as number) * response.length).toBeCloseTo(other.klToBase as number);
    }
  });

  test('by sequence keeps the entropy bonus a mean over tokens', async () => {
    const { options } = await train({ lossNormalizer: 'sequence', entropy: 0.01 });
    expect((options?.entropy as number) / (options?.normalizer as number)).toBeCloseTo(0.01 / TOKENS);
  });
});

describe('what the solver learns from', () => {
  test('likelihood imitates correct attempts alone and leaves the proposer as it is', async () => {
    const usual = await train();
    const { solver, proposer, options } = await train({ policyObjective: 'likelihood' });
    expect(proposer).toEqual(usual.proposer);
    expect(options).toEqual(usual.options);
    // One correct attempt at the first task, three at the second.
    expect(solver.map(({ prompt, weight }) => [prompt[0], weight])).toEqual([
      [2, 1],
      [3, 1],
      [3, 1],
      [3, 1],
    ]);
  });
});
