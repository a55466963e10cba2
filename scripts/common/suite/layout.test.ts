import { describe, expect, test } from 'vitest';
import { type Case, readLine } from './layout.ts';

const CODE = 'def f(x):\n    return x';

const read = (fields: object) => readLine(JSON.stringify(fields), 5);
const pairs = (fields: object) =>
  read(fields).map((item) => ('code' in item ? [item.input, item.expected] : item.problem));

test('the layout of CRUXEval', () => {
  expect(read({ code: CODE, input: '1, 2', output: '[3]', id: 'sample_7' })).toEqual([
    { line: 5, id: 'sample_7', number: null, code: CODE, entry: 'f', input: '1, 2', expected: '[3]' },
  ]);
});

test.each([
  [{ input: ['1', '2'], output: ['3', '4'] }],
  [{ inputs: ['1', '2'], outputs: ['3', '4'] }],
  [
    {
      tests: [
        { input: '1', output: '3' },
        { input: '2', output: '4' },
      ],
    },
  ],
  [
    {
      test_cases: [
        ['1', '3'],
        ['2', '4'],
      ],
    },
  ],
  [{ cases: [{ input: '1', output: '3', note: 'x' }, ['2', '4']] }],
  [{ input: '1', output: '3', tests: [['2', '4']], test_cases: 'unrelated' }],
])('several cases: %j', (fields) => {
  const items = read({ program: CODE, task_id: 9, ...fields }) as Case[];
  expect(items.map(({ number, id, input, expected }) => [number, id, input, expected])).toEqual([
    [1, '9', '1', '3'],
    [2, '9', '2', '4'],
  ]);
});

describe('the function that is called', () => {
  const entry = (fields: object) => (read({ code: CODE, input: '', output: '', ...fields })[0] as Case).entry;

  test('is the one that the line names', () => {
    expect(entry({ entry_point: 'g' })).toBe('g');
    expect(entry({ function_name: 'g' })).toBe('g');
    expect(entry({ fn_name: 'g' })).toBe('g');
    expect(entry({ fn_name: '' })).toBe('f');
  });

  test('else f, else the last at the top level', () => {
    expect(entry({ code: 'def f():\n    pass\ndef g():\n    pass' })).toBe('f');
    expect(entry({ code: 'f = lambda x: x\ndef g(): pass' })).toBe('f');
    expect(
      entry({ code: 'def g():\n    def h(): pass\ndef  last(x): pass\nclass A:\n    def f(self): pass' }),
    ).toBe('last');
    expect(entry({ code: 'x = 1' })).toBe('f');
  });
});

test('an empty line is no case', () => {
  expect(readLine('', 1)).toEqual([]);
  expect(readLine(' \r', 1)).toEqual([]);
});

test('what cannot be read is said, with the number of cases lost', () => {
  const problem = (text: string) => readLine(text, 3);
  expect(problem('{"code": ')).toEqual([{ line: 3, id: null, problem: 'not JSON', cases: 1 }]);
  expect(problem('[1]')).toEqual([{ line: 3, id: null, problem: 'not a JSON object', cases: 1 }]);
  expect(read({ input: ['1', '2'], output: ['1', '2'] })).toEqual([
    { line: 5, id: null, problem: 'no field "code"', cases: 2 },
  ]);
  expect(read({ code: CODE, inputs: ['1', '2', '3'], outputs: ['1'], id: 'a' })).toEqual([
    { line: 5, id: 'a', problem: 'lists of different lengths: 3 in "inputs", 1 in "outputs"', cases: 3 },
  ]);
});

test.each([
  [{ code: 5, input: '1', output: '1' }, ['"code" is not a string']],
  [{ code: CODE }, ['no fields "input" and "output", and no list of test cases']],
  [{ code: CODE, input: '1' }, ['no field "output"']],
  [{ code: CODE, output: '1' }, ['no field "input"']],
  [{ code: CODE, input: 1, output: '1' }, ['"input" is not a string of Python']],
  [{ code: CODE, input: ['1'], output: '1' }, ['only one of "input" and "output" is a list']],
  [{ code: CODE, inputs: [], outputs: [] }, ['"inputs" is empty']],
  [{ code: CODE, tests: 'assert f(1)' }, ['"tests" is not a list']],
  [
    { code: CODE, tests: [{ input: '1', output: '1' }, 'x', { input: '1' }, { input: '2', output: null }] },
    [
      ['1', '1'],
      '"tests[1]" is not an object with input and output',
      'no field "tests[2].output"',
      '"tests[3].output" is not a string of Python',
    ],
  ],
])('%j', (fields, expected) => {
  expect(pairs(fields)).toEqual(expected);
});
