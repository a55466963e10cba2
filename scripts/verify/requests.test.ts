import { expect, test } from 'vitest';
import type { RunRequest, RunResult } from '../../src/sandbox/sandbox.ts';
import type { Case } from '../common/suite/layout.ts';
import { planRequests } from './requests.ts';

const suite = (...cases: [code: string, input: string, expected: string, entry?: string][]): Case[] =>
  cases.map(([code, input, expected, entry = 'f'], i) => ({
    ...{ line: i + 1, id: null, number: null },
    ...{ code, input, expected, entry },
  }));

/** A sandbox whose outputs tell what it was asked. */
const echo = (requests: readonly RunRequest[]): RunResult[] =>
  requests.map(({ program, inputs, entry, runs }) => ({
    outcomes: inputs.map((input) => ({
      ok: true,
      output: `${program.length > 3 ? 'id' : program}.${entry}(${input})×${runs}`,
    })),
  }));

test('lines of one program share a request and find their answers again', () => {
  const plan = planRequests(
    suite(['A', '1', '10'], ['B', '1', '10'], ['A', '2', '20'], ['A', '1', '30'], ['A', '1', '1', 'g']),
    null,
  );
  expect(plan.requests.map(({ inputs }) => inputs)).toEqual([
    ['1', '2'],
    ['1'],
    ['1'],
    ['10', '20', '30', '1'],
  ]);
  expect(plan.answers(echo(plan.requests))).toEqual([
    { ours: { ok: true, output: 'A.f(1)×2' }, expected: { ok: true, output: 'id.expected_value(10)×1' } },
    { ours: { ok: true, output: 'B.f(1)×2' }, expected: { ok: true, output: 'id.expected_value(10)×1' } },
    { ours: { ok: true, output: 'A.f(2)×2' }, expected: { ok: true, output: 'id.expected_value(20)×1' } },
    { ours: { ok: true, output: 'A.f(1)×2' }, expected: { ok: true, output: 'id.expected_value(30)×1' } },
    { ours: { ok: true, output: 'A.g(1)×2' }, expected: { ok: true, output: 'id.expected_value(1)×1' } },
  ]);
});

test('many inputs are spread over several requests', () => {
  const cases = Array.from({ length: 10 }, (_, i) => ['A', String(i), '0'] as [string, string, string]);
  const plan = planRequests(suite(...cases), 77);
  expect(plan.requests.map(({ inputs }) => inputs.length)).toEqual([4, 4, 2, 1]);
  expect(plan.requests.map(({ steps }) => steps)).toEqual([77, 77, 77, undefined]);
  expect(plan.answers(echo(plan.requests)).map(({ ours }) => ours.ok && ours.output)).toEqual(
    cases.map(([, input]) => `A.f(${input})×2`),
  );
});
