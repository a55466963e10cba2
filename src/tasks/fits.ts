/**
 * The thought that finds a function through examples, one returned value after another: first the straight line, from
 * two of the examples and checked on the others; where a check fails, one operation on what is known by then, the
 * argument or a value that was found before. Both are checked one step at a time, so the thought reads off when to stop.
 * A third of what programs of up to six lines do is found so; a guess at a whole program finds one in fifty.
 */
import { expressionText } from '../language/grammar.ts';
import { arithmetic } from '../language/interpreter.ts';
import { LARGEST_INTEGER } from '../language/limits.ts';
import { parseArguments } from '../language/literal.ts';
import type { Expression, Operator } from '../language/syntax.ts';
import { encode } from '../language/tokenizer.ts';
import type { Random } from '../random.ts';
import type { Example } from './kind.ts';

/** A point of a function of one integer. */
interface Point {
  x: number;
  ys: readonly number[];
}

/** How many operations fail, as weights of 0, 1, 2, 3: before one fits, and where none does. A search must not give up at once. */
const FAILED = { before: [0.5, 0.25, 0.15, 0.1], inVain: [0.1, 0.2, 0.3, 0.4] };
/** Constants of operations. */
const CONSTANTS = Array.from({ length: 9 }, (_, i) => i + 1);

/**
 * The thought, one operation a step as in the traces of programs, and the program that it arrives at: null where some
 * value has no such form, and the thought ends on what failed for it. With `random` other operations fail first, now and
 * then. Null altogether where the examples are no such points or a line's value leaves the range of the language.
 */
export function fitValues(
  examples: readonly Example[],
  random: Random | null = null,
): { thought: number[]; program: string | null } | null {
  const points = examples.flatMap((example) => pointOf(example) ?? []);
  const [first, second] = points;
  if (points.length < examples.length || !first || !second || points.length < 3) return null;
  if (points.some(({ ys }) => ys.length !== first.ys.length) || first.x === second.x) return null;
  const work = new Work(points, random);
  for (const k of first.ys.keys()) {
    const found = work.line(k) ?? work.operation(k);
    if (work.isBeyond) return null;
    if (!found) return { thought: work.tokens, program: null };
    work.found.push(found);
  }
  const results = work.found.map(expressionText);
  return { thought: work.tokens, program: `def f(x):\n    return ${results.join(', ')}` };
}

/** An operation on known values, by their place: the argument is −1, returned values count from 0. */
interface Operation {
  expression: (known: (place: number) => Expression) => Expression;
  /** Operands and result at one of the examples; null beyond the range. */
  at: (value: (place: number) => number) => { written: string; result: number } | null;
}

const ARGUMENT = -1;

class Work {
  readonly tokens: number[] = [];
  readonly found: Expression[] = [];
  /** Whether a line's value has left the range. */
  isBeyond = false;

  constructor(
    private readonly points: readonly Point[],
    private readonly random: Random | null,
  ) {}

  line(k: number): Expression | null {
    const [first, second, ...others] = this.points as [Point, Point, ...Point[]];
    const rise = this.step(second.ys[k]!, '-', first.ys[k]!);
    const run = this.step(second.x, '-', first.x);
    const rest = this.step(rise, '%', run);
    if (!this.holds(rest, 0)) return null;
    const slope = this.step(rise, '//', run);
    const intercept = this.step(first.ys[k]!, '-', this.step(slope, '*', first.x));
    for (const { x, ys } of others) {
      if (!this.holds(this.step(this.step(slope, '*', x), '+', intercept), ys[k]!)) return null;
    }
    return lineOf(slope, intercept);
  }

  /** The first operation that fits all examples, after some that fit only the first of them. */
  operation(k: number): Expression | null {
    const hits = (operation: Operation, point: Point) =>
      operation.at(valueAt(point))?.result === point.ys[k]!;
    const [first] = this.points as [Point];
    const likely = operations(k).filter((operation) => hits(operation, first));
    const fits = (operation: Operation) => this.points.every((point) => hits(operation, point));
    const right = likely.find(fits);
    const failing = likely.filter((operation) => !fits(operation));
    const wanted = this.random?.weighted(right ? FAILED.before : FAILED.inVain) ?? 0;
    for (const operation of this.random?.sample(failing, Math.min(wanted, failing.length)) ?? []) {
      if (!this.check(operation, k)) break;
    }
    if (!right) return null;
    this.check(right, k);
    return right.expression((place) =>
      place === ARGUMENT ? { kind: 'name', name: 'x' } : (this.found[place] as Expression),
    );
  }

  /** Tries an operation on one example after another, until one disagrees. False where it cannot be computed. */
  private check(operation: Operation, k: number): boolean {
    for (const point of this.points) {
      const tried = operation.at(valueAt(point));
      if (!tried) return false;
      this.tokens.push(...encode(`${tried.written} = ${tried.result};`));
      if (!this.holds(tried.result, point.ys[k]!)) break;
    }
    return true;
  }

  private step(left: number, operator: Operator, right: number): number {
    const value = arithmetic(operator, left, right);
    if (Math.abs(value) > LARGEST_INTEGER) this.isBeyond = true;
    this.tokens.push(...encode(`${left} ${operator} ${right} = ${value};`));
    return value;
  }

  private holds(left: number, right: number): boolean {
    const isEqual = left === right;
    this.tokens.push(...encode(`${left} == ${right} = ${isEqual ? 'True' : 'False'};`));
    return isEqual;
  }
}

function valueAt({ x, ys }: Point): (place: number) => number {
  return (place) => (place === ARGUMENT ? x : (ys[place] as number));
}

/** What may be computed of the argument and the first `known` values in one step, in the order in which it is preferred. */
function operations(known: number): Operation[] {
  const places = [ARGUMENT, ...Array.from({ length: known }, (_, i) => i)];
  const constants = (operator: Operator, from: number) =>
    places.flatMap((place) =>
      CONSTANTS.filter((c) => c >= from).map((c) =>
        binary(operator, place, { kind: 'constant', value: c }, () => c),
      ),
    );
  const pairs = (operator: Operator) =>
    places.flatMap((left) =>
      places.map((right) => binary(operator, left, null, (value) => value(right), right)),
    );
  return [
    ...constants('//', 2),
    ...constants('%', 2),
    ...constants('+', 1),
    ...constants('-', 1),
    ...constants('*', 2),
    ...places.map(absolute),
    ...(['+', '-', '*'] as const).flatMap(pairs),
  ];
}

function binary(
  operator: Operator,
  left: number,
  constant: Expression | null,
  rightAt: (value: (place: number) => number) => number,
  right = ARGUMENT,
): Operation {
  return {
    expression: (known) => ({
      kind: 'binary',
      operator,
      left: known(left),
      right: constant ?? known(right),
    }),
    at: (value) => {
      const [a, b] = [value(left), rightAt(value)];
      const result = arithmetic(operator, a, b);
      return Math.abs(result) > LARGEST_INTEGER ? null : { written: `${a} ${operator} ${b}`, result };
    },
  };
}

function absolute(place: number): Operation {
  return {
    expression: (known) => ({ kind: 'abs', argument: known(place) }),
    at: (value) => ({ written: `abs(${value(place)})`, result: Math.abs(value(place)) }),
  };
}

function pointOf({ input, output }: Example): Point | null {
  const [x] = integers(input) ?? [];
  const ys = integers(output);
  return x === undefined || !ys || ys.length === 0 ? null : { x, ys };
}

/** The integer of a text, or those of a tuple; null for anything else. */
export function integers(text: string): number[] | null {
  const parsed = parseArguments(text);
  if (!parsed.ok || parsed.value.length !== 1) return null;
  const [value] = parsed.value;
  const items = value?.type === 'tuple' ? value.items : [value];
  const numbers = items.map((item) => (item?.type === 'int' ? Number(item.value) : Number.NaN));
  return numbers.every(Number.isSafeInteger) ? numbers : null;
}

/** `2 * x + 3` and its like, without what says nothing. */
function lineOf(slope: number, intercept: number): Expression {
  const constant = (value: number): Expression => ({ kind: 'constant', value });
  const x: Expression = { kind: 'name', name: 'x' };
  if (slope === 0) return constant(intercept);
  const size = Math.abs(slope);
  const term: Expression = size === 1 ? x : { kind: 'binary', operator: '*', left: constant(size), right: x };
  if (slope < 0) return { kind: 'binary', operator: '-', left: constant(intercept), right: term };
  if (intercept === 0) return term;
  return {
    kind: 'binary',
    operator: intercept > 0 ? '+' : '-',
    left: term,
    right: constant(Math.abs(intercept)),
  };
}
