/** Composites before the real judge: CPython in the Node sandbox. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ScriptedReasoner } from '../../test/selfplay/scriptedReasoner.ts';
import { ScriptedRun } from '../../test/selfplay/scriptedRun.ts';
import { type Config, DEFAULTS } from '../config/hyperparameters.ts';
import { linesOf } from '../language/shape.ts';
import { Random } from '../random.ts';
import { createNodeSandbox } from '../sandbox/node.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { proposalResponse } from '../tasks/format.ts';
import type { Task } from '../tasks/task.ts';
import { verifyByHand } from '../tasks/verification.ts';
import { compose } from './compose.ts';
import { createContext } from './context.ts';
import { proposalOf } from './proposers.ts';
import { remember } from './remember.ts';
import { nameTask, nameTasks, verify } from './verify.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createNodeSandbox();
}, 120_000);
afterAll(() => sandbox?.close());

const f = (...body: string[]) => `def f(x):\n${body.map((line) => `    ${line}`).join('\n')}`;

/** What becomes of proposals, with `inners` as the programs of the deduction buffer, solved always if nothing else is said. */
async function propose(
  pairs: [program: string, input: string][],
  inners: [program: string, input: string] | [program: string, input: string][],
  changes: Partial<Config> = {},
  step = 1,
  solveRateOf: (task: Task) => number = () => 1,
) {
  const context = createContext({
    reasoner: new ScriptedReasoner(),
    sandbox,
    config: { ...DEFAULTS, composition: 1, compositionStart: 1, ...changes },
    listener: () => {},
  });
  for (const inner of (typeof inners[0] === 'string' ? [inners] : inners) as [string, string][]) {
    const validity = await verifyByHand(...inner, sandbox);
    if (!validity.ok) throw new Error(validity.detail);
    const task = nameTask(context, { kind: 'deduction', parents: [] }, validity, 0);
    await remember(context, [{ ...task, solveRate: solveRateOf(task) }]);
  }
  const proposals = pairs.map(([program, input]) =>
    proposalOf(
      { kind: 'deduction', references: [] },
      { prompt: [], tokens: proposalResponse(program, input), logprobs: null, finished: true },
    ),
  );
  await verify(context, proposals);
  await compose(context, proposals, step, new Random(1));
  nameTasks(context, proposals, step);
  return proposals.map(({ verdict, task }) => ({
    program: task?.program,
    output: task?.output,
    parents: task?.parents,
    rejection: verdict && !verdict.ok ? verdict.rejection : null,
  }));
}

const DOUBLE: [string, string] = [f('y = x * 2', 'return y + 1'), '3'];

describe('a composed proposal', () => {
  test('is a task of its own, grown from both', async () => {
    expect(await propose([[f('return x * x - 2'), '4']], DOUBLE)).toEqual([
      {
        program: f('y = x * 2', 'x = y + 1', 'return x * x - 2'),
        output: '79',
        parents: ['d1'],
        rejection: null,
      },
    ]);
  });

  test('must not be trivial before it is composed: f(g(x)) = g(x) is no way out', async () => {
    const trivial: [string, string][] = [
      [f('return x'), '4'],
      [f('y = x + 1', 'return y - 1'), '4'],
      [f('return x - x + 7'), '4'],
    ];
    expect((await propose(trivial, DOUBLE)).map(({ rejection }) => rejection)).toEqual([
      'identity',
      'identity',
      'constant',
    ]);
  });

  test.each([
    [
      'the inner program gives what the outer one does not take',
      f('return x * 3 - 1'),
      [f("return 'a' * x"), '3'],
    ],
    [
      'the inner program takes something else',
      f('return x * 3 - 1'),
      ['def f(x):\n    return len(x)', "'ab'"],
    ],
    ['the composite is trivial', f('return 9 - x'), [f('return 9 - x'), '3']],
    ['the composite does only what the inner program does', f('return abs(x)'), [f('return x * x'), '3']],
    // After the inner program `y` has a value, alone the outer one fails below 1.
    ['a name would leak', f('if x > 0:', '    y = 1', 'return x + y'), [f('y = x', 'return y - 4'), '3']],
  ] as const)('stays as it is when %s', async (_, program, inner) => {
    const [result] = await propose([[program, '5']], [...inner]);
    expect(result).toMatchObject({ program, parents: [], rejection: null });
  });

  test('is no longer than it may be', async () => {
    const lengthOf = async (compositionMaxLines: number) => {
      const long: [string, string] = [f('y = x + 1', 'z = y * 3', 'return z - x'), '5'];
      const [task] = await propose([long], DOUBLE, { compositionMaxLines });
      expect(task?.rejection).toBeNull();
      return (task?.program?.split('\n').length ?? 0) - 2;
    };
    expect([await lengthOf(3), await lengthOf(4)]).toEqual([2, 4]);
  });

  test('at the edge, has the partner with which it is likely to be solved half of the time', async () => {
    // What has up to three lines is solved always, what is longer never.
    const inners = [0, 1, 2, 3, 4, 5, 6].flatMap((lines): [string, string][] =>
      [1, 2, 3, 4].map((k) => [
        f(...Array.from({ length: lines }, (_, i) => `y = x - ${k + i}`), `return x + ${10 * k + lines}`),
        '3',
      ]),
    );
    const outers = Array.from({ length: 24 }, (_, k): [string, string] => [
      f(`return 2 * x - ${k + 1}`),
      '4',
    ]);
    const lengths = async (compositionPartner: Config['compositionPartner']) => {
      const changes = { compositionPartner, textsPerFingerprint: 64 };
      const tasks = await propose(outers, inners, changes, 1, ({ program }) => Number(linesOf(program) <= 3));
      const grown = tasks.filter(({ parents }) => parents?.length);
      expect(grown.length).toBeGreaterThan(8);
      return grown.map(({ program = '' }) => linesOf(program));
    };
    const near = (all: readonly number[]) =>
      all.filter((lines) => lines >= 3 && lines <= 5).length / all.length;
    expect(near(await lengths('edge'))).toBeGreaterThan(0.8);
    expect(near(await lengths('any'))).toBeLessThan(0.6);
  });

  test('may have an alternative instead, and is then composed no further', async () => {
    const branching: [string, string] = [f('y = x', 'if x > 3:', '    y = x * x', 'return y - 2'), '2'];
    const branched = f(
      'y = x',
      'if x > 3:',
      '    y = x * x',
      'else:',
      '    y = x * 2',
      '    y = y + 1',
      'return y - 2',
    );
    expect(await propose([branching], DOUBLE, { alternatives: 1 })).toEqual([
      { program: branched, output: '3', parents: ['d1'], rejection: null },
    ]);
  });

  test('has alternatives the less often the less there is to learn from them', async () => {
    // All that has an `else` is solved at `rate`, in programs as long as the composites.
    const share = async (rate: number) => {
      const known = Array.from({ length: 40 }, (_, k): [string, string] => [
        f(
          'y = x',
          `if x > ${k % 5}:`,
          `    y = x + ${k}`,
          'else:',
          `    y = x * ${2 + (k % 7)}`,
          'return y, x',
        ),
        '3',
      ]);
      const outers = Array.from({ length: 24 }, (_, k): [string, string] => [
        f('y = x', `if x > ${k % 6}:`, `    y = x * x - ${k}`, `return y - ${k}`),
        '2',
      ]);
      const changes = {
        alternatives: 1,
        composition: 0,
        compositionPartner: 'edge',
        textsPerFingerprint: 64,
      } as const;
      const all = await propose(outers, [...known, DOUBLE], changes, 1, ({ program }) =>
        program.includes('else') ? rate : 1,
      );
      return all.filter(({ parents }) => parents?.length).length / outers.length;
    };
    const [half, always] = [await share(0.5), await share(1)];
    expect(half).toBeGreaterThan(0.5);
    expect(always).toBeLessThan(half / 2);
  });

  test('without a place for an alternative, is f(g(x)) as ever', async () => {
    const none: [string, string] = [f('y = x', 'return y * y - 2'), '2'];
    expect(await propose([none], DOUBLE, { alternatives: 1 })).toEqual(await propose([none], DOUBLE));
  });

  test('has no alternative before its step, too long a one, a long program for one, or one that says nothing', async () => {
    const branching: [string, string] = [f('y = x', 'if x > 3:', '    y = x * x', 'return y - 2'), '2'];
    const long: [string, string] = [f('y = x * 2', 'y = y + x', 'return y + 1'), '3'];
    const cases: [typeof DOUBLE, Partial<Config>][] = [
      [DOUBLE, { compositionStart: 9 }],
      [DOUBLE, { compositionMaxLines: 5 }],
      [DOUBLE, { compositionSolveRate: 1 }],
      [long, {}],
      [[f('y = x', 'return y'), '3'], {}],
    ];
    for (const [inner, changes] of cases) {
      const only = { composition: 0, alternatives: 1, ...changes };
      expect(await propose([branching], inner, only, 1, () => 0.9)).toMatchObject([
        { program: branching[0], parents: [] },
      ]);
    }
  });

  test('waits for its step and for the dice', async () => {
    const proposal: [string, string][] = [[f('return x * x - 2'), '4']];
    const programs = async (changes: Partial<Config>, step: number) =>
      (await propose(proposal, DOUBLE, changes, step)).map(({ parents }) => parents?.length);
    expect(await programs({ compositionStart: 5 }, 4)).toEqual([0]);
    expect(await programs({ compositionStart: 5 }, 5)).toEqual([1]);
    expect(await programs({ composition: 0 }, 5)).toEqual([0]);
  });
});

test('in the loop, composites are measured, trained on and remembered', async () => {
  const play = async (composition: number) => {
    const config: Config = {
      ...DEFAULTS,
      proposalsPerKind: 12,
      attemptsPerTask: 2,
      bufferTasksPerKind: 0,
      seedingTarget: 12,
      evaluationTasks: 1,
      evaluationTiers: 1,
      passK: 0,
      steps: 50,
      composition,
      compositionStart: 1,
    };
    const run = new ScriptedRun(sandbox, config);
    return { metrics: await run.play(2), tasks: run.buffered };
  };
  const longest = (tasks: readonly { program: string }[]) =>
    Math.max(...tasks.map(({ program }) => program.split('\n').length - 2));
  const alone = await play(0);
  expect(alone.metrics.every((metrics) => !('composed' in metrics))).toBe(true);
  const composed = await play(1);
  expect(composed.metrics.reduce((sum, metrics) => sum + (metrics.composed ?? 0), 0)).toBeGreaterThan(5);
  expect(longest(composed.tasks)).toBeGreaterThan(longest(alone.tasks));
  expect(longest(composed.tasks)).toBeLessThanOrEqual(DEFAULTS.compositionMaxLines);
}, 60_000);
