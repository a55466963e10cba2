import fc from 'fast-check';
import { expect, test } from 'vitest';
import { taskOf } from '../../test/builders.ts';
import { encode } from '../language/tokenizer.ts';
import type { AttemptGroup, Proposal, StepRecord } from '../selfplay/records.ts';
import { KINDS, type TaskKind } from '../tasks/task.ts';
import { currentTask, tellingProposal } from './currentTask.ts';

const STEP = 3;
const PHASES = ['propose', 'verify', 'attempt', 'judge', 'update'] as const;

/** A judged step with one task for each solve rate, of kinds that take turns. */
function judgedStep(rates: readonly { kind: TaskKind; rate: number }[]): StepRecord {
  const groups = rates.map(({ kind, rate }, at): AttemptGroup => {
    const task = taskOf(`t${at}`, { kind, program: `def f(x):\n    return x + ${at}` });
    const proposal: Proposal = {
      kind,
      references: [],
      prompt: [],
      tokens: [],
      logprobs: null,
      finished: true,
      parsed: { program: task.program, inputs: [task.input] },
      verdict: null,
      execution: null,
      inner: null,
      task,
      reward: 1 - rate,
      advantage: 0,
    };
    const attempts = [rate, 1 - rate].map((reward) => ({
      tokens: encode('2'),
      logprobs: [],
      finished: true,
      judged: { verdict: reward > 0 ? 'correct' : 'wrong', solution: null, execution: null } as never,
      reward,
      advantage: 0,
    }));
    return { task, proposal, trains: true, prompt: [], attempts, solveRate: rate };
  });
  const proposals = groups.flatMap(({ proposal }) => proposal ?? []);
  return { step: STEP, conditions: [], proposals, groups } as unknown as StepRecord;
}

const steps = fc
  .array(fc.record({ kind: fc.constantFrom(...KINDS), rate: fc.constantFrom(0, 0.25, 0.5, 1) }), {
    minLength: 1,
    maxLength: 8,
  })
  .map(judgedStep);

test('what slow motion follows was solved sometimes, and is of the kind whose turn it is where one is', () => {
  fc.assert(
    fc.property(steps, (record) => {
      const sometimes = record.groups.filter(({ solveRate }) => solveRate === 0.25 || solveRate === 0.5);
      const chosen = tellingProposal(record, KINDS);
      expect([null, ...sometimes.map(({ proposal }) => proposal)]).toContain(chosen);
      expect(chosen === null).toBe(sometimes.length === 0);
      const turn = KINDS[STEP % KINDS.length];
      if (sometimes.some(({ task }) => task.kind === turn)) expect(chosen?.kind).toBe(turn);
    }),
  );
});

test('a step that is told once it is known shows nothing before its time, and one task throughout', () => {
  fc.assert(
    fc.property(steps, (record) => {
      const chosen = tellingProposal(record, KINDS);
      fc.pre(chosen !== null);
      const shown = PHASES.flatMap((phase) =>
        (['begin', 'end'] as const).map((at) => currentTask(record, phase, at, KINDS, chosen)),
      );
      const programs = shown.flatMap((task) => task?.program ?? []);
      expect(new Set(programs)).toEqual(new Set([chosen?.task?.program]));
      // Propose and verify, each begun and ended, and the beginning of attempt come before any response.
      expect(shown.map((task) => task?.program !== undefined)).toEqual([false, ...Array(9).fill(true)]);
      expect(shown.map((task) => task?.responses !== undefined).indexOf(true)).toBe(5);
      expect(shown.map((task) => task?.attempts !== undefined).indexOf(true)).toBe(7);
    }),
  );
});
