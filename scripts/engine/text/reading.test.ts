import { describe, expect, test } from 'vitest';
import {
  blocksOf,
  inputsOf,
  literalsOfAnswer,
  programAndInput,
  programOfAnswer,
  readWritten,
} from './reading.ts';

const PYTHON = '```python\ndef f(a, b):\n    return a + b\n```';
const fenced = (name: string, text: string) => `\`\`\`${name}\n${text}\n\`\`\``;

test.each([
  ['a thought and an answer', 'first this </think> <answer>8</answer>', 'first this', '8'],
  ['no thought', '</think>\n\n<answer>8</answer>', '', '8'],
  ['the mark written again', '<think>so</think><answer>8</answer> and more', 'so', '8'],
  ['a thought that does not end', 'first this <answer>8</answer>', 'first this <answer>8</answer>', null],
  ['an answer that does not end', 'so </think> <answer>8', 'so', null],
  ['words between both', 'so </think> well, <answer>8</answer>', 'so', null],
  ['nothing at all', '', '', null],
])('%s', (_, text, thought, answer) => {
  expect(readWritten(text)).toEqual({ thought, answer });
});

describe('blocks', () => {
  test('are told by their name, in order, over several lines', () => {
    const text = `${fenced('input', '1')} and ${PYTHON}\n${fenced('input', '[2,\n 3]')}\n${fenced('inputs', '4')}`;
    expect(blocksOf(text, 'input')).toEqual(['1', '[2,\n 3]']);
    expect(blocksOf('```input\n1', 'input')).toEqual([]);
  });

  test('of a literal: the last one counts, then what is labelled, then everything', () => {
    expect(literalsOfAnswer(`${fenced('output', '1')}\n${fenced('output', '[2,\n 3]')}`, 'output')).toBe(
      '[2, 3]',
    );
    expect(literalsOfAnswer('It is\n# Output:\n[1]\nas said', 'output')).toBe('[1]');
    expect(literalsOfAnswer(' 12 ', 'output')).toBe('12');
    expect(literalsOfAnswer(fenced('output', '1'), 'input')).toBe('```output 1 ```');
  });

  test('of inputs: the last so many', () => {
    const text = [1, 2, 3].map((n) => fenced('input', String(n))).join('\n');
    expect(inputsOf(text, 2)).toEqual(['2', '3']);
    expect(inputsOf(text, 5)).toEqual(['1', '2', '3']);
  });
});

describe('programs', () => {
  test('a proposal has the first program and the first input', () => {
    const more = fenced('python', 'def f(x):\n    return x');
    const input = fenced('input', '1,\n"a"');
    expect(programAndInput(`${PYTHON}\n${input}\n${more}\n${fenced('input', '5')}`)).toEqual({
      program: 'def f(a, b):\n    return a + b',
      input: '1, "a"',
    });
    expect(programAndInput(`${PYTHON}\n# Input: 1, 2`)?.input).toBe('1, 2');
    expect(programAndInput(PYTHON)).toBeNull();
    expect(programAndInput(input)).toBeNull();
    expect(programAndInput(`${fenced('python', 'x = 1')}\n${input}`)).toBeNull();
  });

  test('an answer has the last one', () => {
    expect(programOfAnswer(`${PYTHON}\n${fenced('python', 'def f(x):\n    return x')}`)).toBe(
      'def f(x):\n    return x',
    );
    expect(programOfAnswer('def f(x): return x')).toBeNull();
  });

  test('a function of another name is called f, and calls itself so', () => {
    const written =
      "def fact(n):\n\treturn 1 if n == 0 else n * fact(n - 1) + len('fact(') + artifact(n)\n\n";
    expect(programOfAnswer(fenced('python', written))).toBe(
      "def f(n):\n    return 1 if n == 0 else n * f(n - 1) + len('fact(') + artifact(n)",
    );
  });
});
