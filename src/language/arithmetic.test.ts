import { expect, test } from 'vitest';
import { hasPython, inPython } from '../../test/language/nativePython.ts';
import { Random } from '../random.ts';
import { ARITHMETIC_TYPES, arithmeticQuestion, LONG_TYPES } from './arithmetic.ts';
import { isHeldOut } from './heldOut.ts';
import { decode } from './tokenizer.ts';

const random = new Random(5);
const questions = [false, true].flatMap((heldOut) =>
  Array.from({ length: 1500 }, () => ({ heldOut, ...arithmeticQuestion(random, heldOut) })),
);
const long = LONG_TYPES.flatMap((type) =>
  Array.from({ length: 300 }, () => ({ heldOut: true, ...arithmeticQuestion(random, true, type) })),
);
const all = [...questions, ...long];

test('the same seed asks the same questions, and every type is asked', () => {
  const again = new Random(5);
  expect(Array.from({ length: 50 }, () => arithmeticQuestion(again, false))).toEqual(
    questions.slice(0, 50).map(({ heldOut: _heldOut, ...question }) => question),
  );
  for (const type of ARITHMETIC_TYPES) {
    expect(questions.filter((question) => question.type === type).length).toBeGreaterThan(600);
    expect(arithmeticQuestion(random, true, type).type).toBe(type);
  }
});

test('long questions have six to twelve operations and are asked by name alone', () => {
  for (const { type, thought } of long) {
    expect(LONG_TYPES).toContain(type);
    const operations = decode(thought).split(';').length - 1;
    expect(operations).toBeGreaterThanOrEqual(6);
    expect(operations).toBeLessThanOrEqual(12);
  }
  expect(questions.filter(({ type }) => !ARITHMETIC_TYPES.includes(type as never))).toEqual([]);
});

test('held-out questions are those of the held-out class', () => {
  expect(all.filter(({ question, heldOut }) => isHeldOut(question) !== heldOut)).toEqual([]);
});

test('every number lies in −99 … 99 and the last step of a thought is the answer', () => {
  for (const { question, answer, thought } of all) {
    const text = decode(thought);
    for (const number of `${question};${text}${answer}`.match(/\d+/g) ?? []) {
      expect(Number(number)).toBeLessThanOrEqual(99);
    }
    expect(text).toMatch(/^(-?\d+ (\+|-|\*|\/\/|%) -?\d+ = -?\d+;)+$/);
    expect(text.endsWith(` = ${answer};`)).toBe(true);
  }
});

test.runIf(hasPython)('Python agrees with every answer and every step', () => {
  const script = [
    'import json,sys',
    'wrong=[]',
    'for q in json.load(sys.stdin):',
    "    for step in q['thought'].split(';')[:-1]:",
    "        left,right=step.split(' = ')",
    '        if eval(left)!=int(right): wrong.append([q,step])',
    "    text,answer=q['question'],int(q['answer'])",
    "    if q['type'].endswith('expression') and eval(text)!=answer: wrong.append(q)",
    "    if q['type'].endswith('equation'):",
    "        left,right=text.split(' = ')",
    "        side=compile(left,'q','eval')",
    '        found=[x for x in range(-200,201) if eval(side)==int(right)]',
    '        if found!=[answer]: wrong.append(q)',
    'print(json.dumps(wrong))',
  ].join('\n');
  const asked = all.map(({ type, question, answer, thought }) => ({
    type,
    question,
    answer,
    thought: decode(thought),
  }));
  expect(inPython(script, asked)).toEqual([]);
});

test('a sequence follows the simplest rule that its numbers fit', () => {
  const sequences = questions.filter(({ type }) => type === 'sequence');
  for (const { question, answer } of sequences) {
    expect(`${question}: ${nextOf(question.split(', ').map(Number))}`).toBe(`${question}: ${answer}`);
  }
});

/** Written otherwise than the generator: from the numbers alone. */
function nextOf(numbers: readonly number[]): number | null {
  const steps = (values: readonly number[]) => values.slice(1).map((value, i) => value - values[i]!);
  const same = (values: readonly number[]) => values.every((value) => value === values[0]);
  const end = numbers.at(-1)!;
  const first = steps(numbers);
  if (same(first)) return end + first[0]!;
  const second = steps(first);
  if (same(second)) return end + first.at(-1)! + second[0]!;
  if (first.every((value, i) => value === first[i % 2])) return end + first[first.length % 2]!;
  const ratio = numbers[1]! / numbers[0]!;
  const isGeometric = numbers.every((value, i) => i === 0 || value === numbers[i - 1]! * ratio);
  return isGeometric ? end * ratio : null;
}
