import { expect, test } from 'vitest';
import { render } from '../tokenizer.ts';
import { run, runUnbounded } from './machine.ts';
import { constant, type Expression, nameOf, type Statement, sourceOf } from './syntax.ts';

const length = (of: Expression): Expression => ({ kind: 'call', name: 'len', arguments: [of] });
const compare = (operator: '<' | 'in', left: Expression, right: Expression): Expression => ({
  kind: 'compare',
  operator,
  left,
  right,
});

test('a thought names each pass of a loop, every operation, condition and change', () => {
  const body: Statement[] = [
    { kind: 'assign', line: 1, name: 'y', value: { kind: 'display', items: [] } },
    {
      kind: 'each',
      line: 2,
      name: 'v',
      of: nameOf('x'),
      body: [
        {
          kind: 'if',
          line: 3,
          condition: compare('<', nameOf('v'), constant(3)),
          body: [
            {
              kind: 'append',
              line: 4,
              name: 'y',
              value: { kind: 'binary', operator: '*', left: nameOf('v'), right: constant(2) },
            },
          ],
          elseLine: 0,
          orElse: [],
        },
      ],
    },
    { kind: 'add', line: 5, name: 'y', value: { kind: 'display', items: [length(nameOf('x'))] } },
    { kind: 'return', line: 6, value: { kind: 'reverse', of: nameOf('y') } },
  ];
  expect(sourceOf(body)).toBe(
    [
      'def f(x):',
      '    y = []',
      '    for v in x:',
      '        if v < 3:',
      '            y.append(v * 2)',
      '    y += [len(x)]',
      '    return y[::-1]',
    ].join('\n'),
  );
  const thought: number[] = [];
  expect(run(body, [4, 1], thought)).toEqual({ value: [2, 2] });
  expect(render(thought)).toBe(
    'x = [4, 1];<1>y = [];<2>v = 4;<3>4 < 3 = False;<2>v = 1;<3>1 < 3 = True;<4>1 * 2 = 2;y = [2];' +
      '<5>len([4, 1]) = 2;[2] + [2] = [2, 2];y = [2, 2];<6>[2, 2][::-1] = [2, 2];',
  );
});

test('strings: slices, methods and what a loop runs over come with their values', () => {
  const text = nameOf('x');
  const body: Statement[] = [
    { kind: 'assign', line: 1, name: 'y', value: constant('') },
    {
      kind: 'each',
      line: 2,
      name: 'c',
      of: { kind: 'slice', of: text, from: constant(1), to: null },
      body: [{ kind: 'add', line: 3, name: 'y', value: nameOf('c') }],
    },
    {
      kind: 'assign',
      line: 4,
      name: 'z',
      value: { kind: 'method', of: nameOf('y'), name: 'replace', arguments: [constant('a'), constant('')] },
    },
    { kind: 'return', line: 5, value: compare('in', constant('b'), nameOf('z')) },
  ];
  const thought: number[] = [];
  expect(run(body, 'cab', thought)).toEqual({ value: true });
  expect(render(thought)).toBe(
    "x = 'cab';<1>y = '';<2>'cab'[1:] = 'ab';<2>c = 'a';<3>'' + 'a' = 'a';y = 'a';<2>c = 'b';" +
      "<3>'a' + 'b' = 'ab';y = 'ab';<4>'ab'.replace('a', '') = 'b';z = 'b';<5>'b' in 'b' = True;",
  );
});

const returning = (value: Expression): Statement[] => [{ kind: 'return', line: 1, value }];
const index = (at: number): Expression => ({ kind: 'index', of: nameOf('x'), at: constant(at) });

test('what Python raises is an error, what leaves the bounds is too large', () => {
  expect(run(returning(index(-2)), [7, 8])).toEqual({ value: 7 });
  expect(run(returning(index(2)), [7, 8])).toBe('error');
  expect(run(returning(index(-3)), [7, 8])).toBe('error');
  expect(run(returning({ kind: 'call', name: 'max', arguments: [nameOf('x')] }), [])).toBe('error');
  const doubled = returning({ kind: 'join', left: nameOf('x'), right: nameOf('x') });
  expect(run(doubled, 'abcdef')).toBe('too large');
  expect(runUnbounded(doubled, 'abcdef')).toEqual({ value: 'abcdefabcdef' });
  expect(run(doubled, 60)).toBe('too large');
  expect(run(doubled, 120)).toBe('too large');
  expect(runUnbounded(doubled, 2 ** 53 - 1)).toBe('too large');
});

test('a program that grows without end is given up, and the list it is given stays as it is', () => {
  const growing: Statement[] = [
    {
      kind: 'count',
      line: 1,
      name: 'i',
      count: constant(40),
      body: [{ kind: 'add', line: 2, name: 'x', value: nameOf('x') }],
    },
    ...returning(nameOf('x')),
  ];
  const given = [1, 2];
  expect(runUnbounded(growing, given)).toBe('too large');
  expect(given).toEqual([1, 2]);
});
