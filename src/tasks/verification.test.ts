/** Proposals before the real judge: CPython in the Node sandbox. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyWritten, type Written, written } from '../../test/tasks/written.ts';
import { generateProgram } from '../language/grammar.ts';
import { probesFor } from '../language/probes.ts';
import { SPECIAL } from '../language/vocabulary.ts';
import { Random } from '../random.ts';
import { createNodeSandbox } from '../sandbox/node.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { inductionProposalResponse, proposalResponse } from './format.ts';
import type { Validity, VerificationRules } from './kind.ts';
import type { Task } from './task.ts';
import { verifyByHand } from './verification.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createNodeSandbox();
}, 120_000);
afterAll(() => sandbox?.close());

const lines = (...body: string[]) => `def f(x):\n${body.map((line) => `    ${line}`).join('\n')}`;
const check = async (responses: Written[], over: Partial<VerificationRules> = {}) =>
  (await verifyWritten(responses, sandbox, over)).map(({ verdict }) => verdict);
const reason = (validity: Validity | undefined) => (validity?.ok ? 'ok' : validity?.rejection);
const reasons = async (pairs: [string, string][], over: Partial<VerificationRules> = {}) =>
  (
    await check(
      pairs.map(([program, input]) => written(proposalResponse(program, input))),
      over,
    )
  ).map(reason);

test('a valid proposal becomes a triplet with its output and its behaviour', async () => {
  const [first, second, third] = await check([
    written(proposalResponse(lines('return x * 2 + 1'), '3')),
    written(proposalResponse(lines('y = x + x', 'return 1 + y'), '4')),
    written(proposalResponse(lines('return x * 2 - 2'), '4')),
  ]);
  expect(first).toMatchObject({ ok: true, triplet: { input: '3', output: '7' } });
  // Two texts, one behaviour.
  expect(first?.ok && second?.ok && first.fingerprint === second.fingerprint).toBe(true);
  expect(first?.ok && third?.ok && first.fingerprint === third.fingerprint).toBe(false);
});

test('an output that no answer could equal makes no task', async () => {
  const huge = [lines('return 10 ** 150 + x'), '5'] as [string, string];
  const infinite = [lines('return 1e308 * 10 * x'), '5'] as [string, string];
  expect(await reasons([huge, infinite])).toEqual(['output', 'output']);
});

test('each trivial program is rejected for its own reason, unless trivial ones are welcome', async () => {
  const trivial: [string, string][] = [
    [lines('return x'), '5'],
    [lines('y = x + 1', 'return y - 1'), '5'],
    [lines('return x - x + 3'), '5'],
    [lines('return 7'), '5'],
    ['def f():\n    return 7', ''],
    ['def f(x, y):\n    return x + 3', '1, 2'],
    ['def f(x, y):\n    return x + y - y', '1, 2'],
    ['def f(x, y):\n    return x * y + 1', '0, 2'],
  ];
  expect(await reasons(trivial)).toEqual([
    'identity',
    'identity',
    'constant',
    'unused-argument',
    'constant',
    'unused-argument',
    'unused-argument',
    'ok',
  ]);
  expect(await reasons(trivial, { rejectTrivial: false })).toEqual(trivial.map(() => 'ok'));
});

test('what Python refuses is rejected with Python’s reason', async () => {
  expect(
    await reasons([
      ['def f(x:\n    return x', '5'],
      [lines('return 1 // (x - 5)'), '5'],
      [lines('while x == x:', '    x = x + 1', 'return x'), '5'],
      [lines('import os', 'return os.getcwd()'), '5'],
      [lines('return x + 1'), '1, 2'],
    ]),
  ).toEqual(['syntax', 'error', 'budget', 'forbidden', 'input']);
}, 60_000);

test('layout and length are checked before anything runs', async () => {
  const runs = sandbox.stats().runs;
  const cut = written(proposalResponse(lines('return x + 1'), '5'));
  const validities = await check([written([SPECIAL.answer, SPECIAL.eos]), { ...cut, finished: false }]);
  expect(validities.map(reason)).toEqual(['format', 'unfinished']);
  expect(sandbox.stats().runs).toBe(runs);
});

test('what acts like a program of the test set is held out, whatever its text and its input', async () => {
  const { source } = generateProgram(new Random(3), 1, true);
  const sameInOtherWords = source.replaceAll('    ', '  ');
  expect(
    await reasons([
      [source, '5'],
      [source, '-2'],
      [sameInOtherWords, '5'],
    ]),
  ).toEqual(['held-out', 'held-out', 'held-out']);
});

test('the grammar and the sandbox give a program one and the same behaviour', async () => {
  const random = new Random(5);
  const programs = Array.from({ length: 300 }, (_, i) => generateProgram(random, 1 + (i % 6)));
  const validities = await check(
    programs.map(({ source }) => written(proposalResponse(source, '1'))),
    {
      maxSolveTokens: 1000,
    },
  );
  const compared = validities.flatMap((validity, i) =>
    validity.ok ? [[validity.fingerprint, programs[i]?.fingerprint]] : [],
  );
  expect(compared.length).toBeGreaterThan(250);
  for (const [fromSandbox, fromGrammar] of compared) expect(fromSandbox).toBe(fromGrammar);
}, 60_000);

test('a task that leaves no room to answer is too long', async () => {
  const long = lines(...Array.from({ length: 30 }, (_, i) => `x = x * 3 + ${i}`), 'return x % 91');
  expect(await reasons([[long, '5']])).toEqual(['too-long']);
});

test('induction needs enough distinct inputs that run, with outputs that differ', async () => {
  const reference = (program: string) =>
    ({ program, input: '1', output: '', fingerprint: 'int: 1 | 2', id: 'd1', kind: 'deduction' }) as Task;
  const draft = (program: string, inputs: string[]) =>
    written(inductionProposalResponse(inputs), { kind: 'induction', references: [reference(program)] });
  const eight = ['1', '2', '3', '4', '5', '6', '7', '8'];
  const double = lines('return x * 2');
  const [valid, repeated, failing, constant, more] = await check([
    draft(double, eight),
    draft(double, [...eight.slice(0, 7), '1']),
    draft(lines('return 9 // (x - 8)'), eight),
    draft(lines('return x // 90'), eight),
    draft(double, [...eight, '9']),
  ]);
  expect(valid).toMatchObject({ ok: true, fingerprint: 'int: 1 | 2', triplet: { input: '1', output: '2' } });
  expect(valid?.ok && valid.triplet.examples?.length).toBe(8);
  expect([repeated, failing, constant].map(reason)).toEqual([
    'too-few-examples',
    'too-few-examples',
    'constant',
  ]);
  expect(more?.ok && more.triplet.examples?.length).toBe(8);
});

test('for error deduction what a program raises is its output, and limits stay refusals', async () => {
  const proposed = (program: string, input: string) =>
    written(proposalResponse(program, input), { kind: 'error' });
  const validities = await check([
    proposed(lines('return 12 // x'), '0'),
    proposed(lines('return 12 // x'), '5'),
    proposed(lines('return w + x'), '1'),
    proposed(lines("return x - '3'"), '1'),
    proposed(lines('while x == x:', '    x = x + 1', 'return x'), '5'),
    proposed('def f(x:\n    return x', '5'),
  ]);
  expect(validities.map((validity) => (validity.ok ? validity.triplet.output : validity.rejection))).toEqual([
    'ZeroDivisionError',
    'NoError',
    'NameError',
    'TypeError',
    'budget',
    'syntax',
  ]);
  // Programs that always raise are told apart by what they raise.
  const fingerprints = validities.flatMap((validity) => (validity.ok ? [validity.fingerprint] : []));
  expect(new Set(fingerprints.slice(2)).size).toBe(2);
  expect(await reasons([[lines('return 12 // x'), '0']])).toEqual(['error']);
}, 60_000);

test('for error deduction a program must not name what it raises', async () => {
  const program = lines('if x > 3:', '    raise ValueError', 'return x * 2');
  const validities = await check([
    written(proposalResponse(program, '5'), { kind: 'error' }),
    written(proposalResponse(program, '5')),
  ]);
  expect(validities.map(reason)).toEqual(['banned-word', 'error']);
});

test('a program given by hand may be trivial but must run', async () => {
  expect(reason(await verifyByHand('def f():\n    return "hello world"', '', sandbox))).toBe('ok');
  expect(reason(await verifyByHand(lines('return x'), '5', sandbox))).toBe('ok');
  expect(reason(await verifyByHand('print(1)', '', sandbox))).toBe('syntax');
  expect(reason(await verifyByHand(lines("return 'ü'"), '5', sandbox))).toBe('syntax');
});

test('a proposal is run twice, and both runs must agree', async () => {
  const before = sandbox.stats().runs;
  const [valid] = await check([written(proposalResponse(lines('return x * 2 + 1'), '5'))]);
  const probes = probesFor('5').inputs.length;
  expect([reason(valid), sandbox.stats().runs - before]).toEqual(['ok', 2 + probes]);
  const setOrder: [string, string] = [lines("return list({str(x), 'a', 'b', 'c', 'd', 'e'})"), '5'];
  expect(await reasons([setOrder])).toEqual(['nondeterministic']);
});
