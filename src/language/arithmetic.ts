/**
 * Arithmetic questions: the mathematics of the cross-domain suite. Their format appears in the warm-up and never in
 * self-play, so what self-play changes here is transfer.
 */
import type { Random } from '../random.ts';
import { expressionText } from './grammar.ts';
import { isHeldOut } from './heldOut.ts';
import { workOut } from './interpreter.ts';
import { LARGEST_INTEGER } from './limits.ts';
import type { Expression, Operator } from './syntax.ts';
import { encode } from './tokenizer.ts';

/** Those of the warm-up. */
export const ARITHMETIC_TYPES = ['expression', 'equation', 'sequence'] as const;
/** Longer than what any warm-up asks: expressions and equations of six to twelve operations. */
export const LONG_TYPES = ['long expression', 'long equation'] as const;
export const QUESTION_TYPES = [...ARITHMETIC_TYPES, ...LONG_TYPES] as const;
export type QuestionType = (typeof QUESTION_TYPES)[number];

export interface ArithmeticQuestion {
  type: QuestionType;
  /** `3 + 4 * 2 - 5`; `x * 3 + 4 = 19`, which asks for x; `2, 5, 8, 11`, which asks for the next number. */
  question: string;
  /** An integer in −99 … 99, as canonical literal text. */
  answer: string;
  /** Tokens of the thought, one operation a step as in the traces of programs: `4 * 2 = 8;3 + 8 = 11;11 - 5 = 6;`. */
  thought: number[];
}

type Drawn = Omit<ArithmeticQuestion, 'type'>;

const MAKERS: Record<QuestionType, (random: Random) => Drawn | null> = {
  expression: (random) => expression(random, [2, 4]),
  equation,
  sequence,
  'long expression': (random) => expression(random, LONG),
  'long equation': longEquation,
};
const WEIGHTS = [0.4, 0.3, 0.3];
/** Operations of a long question. */
const LONG = [6, 12] as const;

/**
 * A question of a random type (or of the one asked for), held out or not as asked: one question text in eight is of
 * the held-out class. No value in a question, its thought or its answer leaves −99 … 99.
 */
export function arithmeticQuestion(
  random: Random,
  heldOut: boolean,
  type: QuestionType = ARITHMETIC_TYPES[random.weighted(WEIGHTS)] as QuestionType,
): ArithmeticQuestion {
  for (;;) {
    const drawn = MAKERS[type](random);
    if (drawn && isHeldOut(drawn.question) === heldOut) return { type, ...drawn };
  }
}

/** So many operations with Python's precedence; `//` and `%` by 2 … 9. */
function expression(random: Random, [least, most]: readonly [number, number]): Drawn | null {
  const tree = operations(random, random.integer(least, most));
  const worked = workOut(tree);
  return worked && { question: expressionText(tree), answer: String(worked.value), thought: worked.thought };
}

function operations(random: Random, count: number): Expression {
  if (count === 0) return constant(random.chance(0.75) ? random.integer(1, 9) : random.integer(10, 30));
  const operator = random.pick<Operator>(['+', '+', '-', '-', '*', '*', '//', '%']);
  if (operator === '//' || operator === '%') {
    const left = operations(random, count - 1);
    return { kind: 'binary', operator, left, right: constant(random.integer(2, 9)) };
  }
  const onTheLeft = random.chance(0.6) ? count - 1 : random.integer(0, count - 1);
  const left = operations(random, onTheLeft);
  return { kind: 'binary', operator, left, right: operations(random, count - 1 - onTheLeft) };
}

/** A linear equation of one or two operations with one integer solution. */
function equation(random: Random): Drawn | null {
  const solution = drawSolution(random);
  const first = random.pick<LinearStep>(FIRST_STEPS);
  const second = stepAfter(random, first);
  return linear(random, solution, random.chance(0.35) ? [first] : [first, second], 9);
}

/** Six to twelve operations around x, so that no value on the way leaves the range. */
function longEquation(random: Random): Drawn | null {
  const steps = [random.pick<LinearStep>(FIRST_STEPS)];
  const count = random.integer(...LONG);
  while (steps.length < count) steps.push(stepAfter(random, steps.at(-1) as LinearStep));
  return linear(random, drawSolution(random), steps, 3);
}

function drawSolution(random: Random): number {
  return random.chance(0.75) ? random.integer(0, 12) : random.integer(-20, 30);
}

/** Two additions would only be one; a sum is multiplied and a product added to. */
function stepAfter(random: Random, step: LinearStep): LinearStep {
  return step === 'multiply' ? random.pick(['add', 'subtract', 'from']) : 'multiply';
}

/** Steps around x, with factors 2 to `largestFactor`; the thought undoes them from the outside. */
function linear(
  random: Random,
  solution: number,
  steps: readonly LinearStep[],
  largestFactor: number,
): Drawn | null {
  let side: Expression = { kind: 'name', name: 'x' };
  let value = solution;
  const undo: string[] = [];
  for (const step of steps) {
    const operand =
      step === 'multiply'
        ? random.integer(2, largestFactor)
        : random.chance(0.8)
          ? random.integer(1, 9)
          : random.integer(10, 30);
    const before = value;
    [side, value] = LINEAR[step](side, value, operand, random.chance(0.3));
    if (Math.abs(value) > LARGEST_INTEGER) return null;
    const inverse = { add: '-', subtract: '+', multiply: '//' };
    undo.unshift(
      step === 'from'
        ? `${operand} - ${value} = ${before};`
        : `${value} ${inverse[step]} ${operand} = ${before};`,
    );
  }
  return {
    question: `${expressionText(side)} = ${value}`,
    answer: String(solution),
    thought: encode(undo.join('')),
  };
}

type LinearStep = 'add' | 'subtract' | 'multiply' | 'from';
const FIRST_STEPS: readonly LinearStep[] = ['add', 'subtract', 'multiply', 'from'];

/** One more operation around a side of the equation, and the value it then has; `swap` puts the number first. */
const LINEAR: Record<
  LinearStep,
  (side: Expression, value: number, operand: number, swap: boolean) => [Expression, number]
> = {
  add: (side, value, operand, swap) => [around('+', side, operand, swap), value + operand],
  subtract: (side, value, operand) => [around('-', side, operand, false), value - operand],
  multiply: (side, value, operand, swap) => [around('*', side, operand, swap), value * operand],
  from: (side, value, operand) => [around('-', side, operand, true), operand - value],
};

function around(operator: Operator, side: Expression, operand: number, swap: boolean): Expression {
  const number = constant(operand);
  return { kind: 'binary', operator, left: swap ? number : side, right: swap ? side : number };
}

function constant(value: number): Expression {
  return { kind: 'constant', value };
}

const RULES = [arithmetic, alternating, secondDifferences, geometric];
/** Few geometric sequences stay in range. */
const RULE_WEIGHTS = [0.4, 0.25, 0.25, 0.1];

interface Continued {
  shown: number[];
  next: number;
  /** What is worked out, step by step. */
  steps: string[];
}

/** The first numbers of a sequence; no two rules agree on them and differ in the next. */
function sequence(random: Random): Drawn | null {
  const { shown, next, steps } = (RULES[random.weighted(RULE_WEIGHTS)] as (typeof RULES)[number])(random);
  if ([...shown, next].some((value) => Math.abs(value) > LARGEST_INTEGER)) return null;
  return {
    question: shown.join(', '),
    answer: String(next),
    thought: encode(steps.map((step) => `${step};`).join('')),
  };
}

/** Two equal differences settle it. */
function arithmetic(random: Random): Continued {
  const difference = nonZero(random, 12);
  const first = random.integer(-30, 50);
  const shown = Array.from({ length: random.integer(4, 5) }, (_, i) => first + i * difference);
  return continued(shown, difference, differences(shown).slice(0, 2).map(written));
}

/** Two differences take turns, e.g. +3, −2. */
function alternating(random: Random): Continued {
  const turns = random.sample([-9, -8, -7, -6, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6, 7, 8, 9], 2);
  const shown = [random.integer(-20, 40)];
  const length = random.integer(4, 5);
  while (shown.length < length) shown.push(last(shown) + (turns[(shown.length - 1) % 2] as number));
  return continued(shown, turns[(length - 1) % 2] as number, differences(shown).map(written));
}

/** The differences grow by the same. */
function secondDifferences(random: Random): Continued {
  const growth = nonZero(random, 4);
  let difference = random.integer(-9, 9);
  const shown = [random.integer(-20, 40)];
  const length = random.integer(4, 5);
  while (shown.length < length) {
    shown.push(last(shown) + difference);
    difference += growth;
  }
  const first = differences(shown);
  const second = differences(first.map(({ value }) => value));
  const grown = `${difference - growth} + ${growth} = ${difference}`;
  return continued(shown, difference, [...first.map(written), ...second.map(written), grown]);
}

/** The next is the last times a ratio, or divided by it. */
function geometric(random: Random): Continued {
  const ratio = random.pick([2, 2, 3, -2]);
  const start = nonZero(random, 6);
  const rising = Array.from({ length: 5 }, (_, i) => start * ratio ** i);
  const divides = random.chance(0.4);
  const terms = divides ? rising.reverse() : rising;
  const [a, b, c, d, next] = terms as [number, number, number, number, number];
  const steps = divides
    ? [`${a} // ${b} = ${ratio}`, `${b} // ${c} = ${ratio}`, `${d} // ${ratio} = ${next}`]
    : [`${b} // ${a} = ${ratio}`, `${c} // ${b} = ${ratio}`, `${d} * ${ratio} = ${next}`];
  return { shown: [a, b, c, d], next, steps };
}

function continued(shown: number[], difference: number, steps: string[]): Continued {
  const next = last(shown) + difference;
  return { shown, next, steps: [...steps, `${last(shown)} + ${difference} = ${next}`] };
}

interface Difference {
  from: number;
  to: number;
  value: number;
}

function differences(values: readonly number[]): Difference[] {
  return values.slice(1).map((to, i) => {
    const from = values[i] as number;
    return { from, to, value: to - from };
  });
}

function written({ from, to, value }: Difference): string {
  return `${to} - ${from} = ${value}`;
}

function last(values: readonly number[]): number {
  return values[values.length - 1] as number;
}

function nonZero(random: Random, most: number): number {
  return random.integer(1, most) * (random.chance(0.7) ? 1 : -1);
}
