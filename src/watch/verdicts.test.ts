/** What the real judge (CPython in the Node sandbox) says of proposals and answers, counted. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { taskOf } from '../../test/builders.ts';
import { verifyWritten, written } from '../../test/tasks/written.ts';
import { createNodeSandbox } from '../sandbox/node.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { inductionProposalResponse, proposalResponse, solutionResponse } from '../tasks/format.ts';
import { judgeAll } from '../tasks/judging.ts';
import type { Task } from '../tasks/task.ts';
import { verdictsOf } from './verdicts.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createNodeSandbox();
}, 120_000);
afterAll(() => sandbox?.close());

const f = (...body: string[]) => `def f(x):\n${body.map((line) => `    ${line}`).join('\n')}`;
const FORMAT_MAP = f("y = '{a}'", 'return y.format_map(x)');
const ENDLESS = f('while x != 5:', '    x = x - 1', 'return x');

const proposal = (program: string, input: string) => written(proposalResponse(program, input));

const task = (over: Partial<Task>): Task =>
  taskOf('t1', { kind: 'abduction', program: ENDLESS, input: '7', output: '5', ...over });

test('proposals: each that was run has one verdict, and what was blocked is told with its reason', async () => {
  const drafts = [
    proposal(f('return x * 3'), '4'),
    proposal(f('return 1 // x'), '0'),
    written(proposalResponse(FORMAT_MAP, '1')),
    written(proposalResponse(ENDLESS, '1')),
    written(proposalResponse(ENDLESS, '1'), { kind: 'abduction' }),
    proposal(f('return [0] * 10 ** 8'), '1'),
    // Not run, so not ruled on: cut, and no program at all.
    written([], { finished: false }),
    written([1, 2, 3]),
    // An induction proposal is a known program with new inputs: here one of them never ends.
    written(inductionProposalResponse(['9', '6', '1']), { kind: 'induction', references: [task({})] }),
  ];
  const verified = await verifyWritten(drafts, sandbox, { inductionExamples: 3 });
  const { counts, blocked } = verdictsOf(
    3,
    'propose',
    verified.map(({ execution }, i) => ({ kind: drafts[i]!.kind, execution })),
  );
  expect(counts).toEqual({ accepted: 1, error: 1, forbidden: 1, budget: 3, memory: 1 });
  const told = blocked.map(({ kind, refusal, detail, program, input }) => [
    kind,
    refusal,
    detail,
    program,
    input,
  ]);
  expect(told).toEqual([
    ['deduction', 'forbidden', 'the method format_map (line 3)', FORMAT_MAP, '1'],
    ['deduction', 'budget', 'more than 5000 steps', ENDLESS, '1'],
    ['abduction', 'budget', 'more than 5000 steps', ENDLESS, '1'],
    ['deduction', 'memory', expect.stringContaining('items'), f('return [0] * 10 ** 8'), '1'],
    ['induction', 'budget', 'more than 5000 steps', ENDLESS, '1'],
  ]);
  expect(blocked.every(({ step, role }) => step === 3 && role === 'propose')).toBe(true);
});

test('answers: programs of induction and inputs of abduction alike; the same answer twice is told once', async () => {
  const induction = task({
    kind: 'induction',
    program: f('return x + 1'),
    examples: ['0', '1', '2', '3'].map((input) => ({ input, output: String(Number(input) + 1) })),
  });
  const answers: [Task, string][] = [
    [induction, f('return x + 1')],
    [induction, FORMAT_MAP],
    [induction, FORMAT_MAP],
    // An error at the first hidden input, without end at the second: the worse one decides.
    [induction, f('while x == 3:', '    x = 3', 'return 1 // 0')],
    [task({}), '8'],
    [task({}), '2'],
    // Compared as text, nothing is run.
    [task({ kind: 'deduction' }), '5'],
  ];
  const judged = await judgeAll(
    answers.map(([asked, answer]) => ({
      task: asked,
      rollout: { tokens: solutionResponse(null, answer), finished: true },
    })),
    sandbox,
  );
  const { counts, blocked } = verdictsOf(
    1,
    'solve',
    judged.map(({ execution }, i) => ({ kind: (answers[i] as [Task, string])[0].kind, execution })),
  );
  expect(counts).toEqual({ accepted: 2, forbidden: 2, budget: 2 });
  expect(blocked.map(({ kind, refusal, input, times }) => [kind, refusal, input, times])).toEqual([
    ['induction', 'forbidden', '2', 2],
    ['induction', 'budget', '3', 1],
    ['abduction', 'budget', '2', 1],
  ]);
});
