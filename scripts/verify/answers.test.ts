import { expect, test } from 'vitest';
import type { RunRequest, RunResult } from '../../src/sandbox/sandbox.ts';
import type { Case } from '../common/suite/layout.ts';
import { createAnswerer } from './answers.ts';

const item = (code: string, input: string): Case => ({
  ...{ line: 1, id: null, number: null, entry: 'f', expected: '0' },
  ...{ code, input },
});

/** A pool in which the input `kill` ends the worker: all inputs are refused, and the text is remembered. */
function pool() {
  const killers = new Set<string>();
  const asked: string[][] = [];
  const run = async (requests: readonly RunRequest[]): Promise<RunResult[]> =>
    requests.map(({ program, inputs }) => {
      if (!program.includes('expected_value')) asked.push([...inputs]);
      if (inputs.includes('kill')) killers.add(program);
      return {
        outcomes: inputs.map((output) =>
          killers.has(program)
            ? { ok: false, refusal: 'timeout', detail: 'it ran for more than 5 ms' }
            : { ok: true, output },
        ),
      };
    });
  return { run, asked };
}

test('only the input that kills is blamed, in this batch and in later ones', async () => {
  const { run, asked } = pool();
  const answer = createAnswerer(run, null);
  const said = async (...inputs: string[]) =>
    (await answer(inputs.map((input) => item('A', input)))).map(({ ours }) =>
      ours.ok ? ours.output : ours.refusal,
    );
  expect(await said('1', 'kill', '2')).toEqual(['1', 'timeout', '2']);
  expect(await said('3')).toEqual(['3']);
  expect(asked).toEqual([['1', 'kill', '2'], ['1'], ['kill'], ['2'], ['3'], ['3']]);
});

test('a program with one case is not asked again', async () => {
  const { run, asked } = pool();
  await createAnswerer(run, null)([item('A', 'kill'), item('B', '1')]);
  expect(asked).toEqual([['kill'], ['1']]);
});

test('an input and an output that are no literals are evaluated as part of a program', async () => {
  const asked: RunRequest[] = [];
  const run = async (requests: readonly RunRequest[]): Promise<RunResult[]> =>
    requests.map((request) => {
      asked.push(request);
      const outcomes = request.inputs.map((input) =>
        input.includes('*')
          ? ({ ok: false, refusal: 'input', detail: 'not a literal' } as const)
          : ({ ok: true, output: request.program } as const),
      );
      return { outcomes };
    });
  const [answers] = await createAnswerer(run, 7)([{ ...item('A', "'a' * 3"), expected: "'b' * 3" }]);
  expect(answers).toEqual({
    ours: { ok: true, output: "A\n\ndef kelvin_case():\n    return f('a' * 3)\n" },
    expected: { ok: true, output: "def kelvin_case():\n    return ('b' * 3)\n" },
  });
  expect(asked.at(-1)).toMatchObject({ entry: 'kelvin_case', inputs: [''], runs: 2, steps: 7 });
});
