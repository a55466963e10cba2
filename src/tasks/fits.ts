/**
 * The thought that finds a function through examples, one returned value after another: first the straight line, from
 * two of the examples and checked on the others; where a check fails, one operation on what is known by then, the
 * argument or a value that was found before. Both are checked one step at a time, so the thought reads off when to stop.
 * A third of what programs of up to six lines do is found so; a guess at a whole program finds one in fifty.
 */
import { expressionText } from '../language/grammar.ts';
import { arithmetic } from '../language/interpreter.ts';
import { LARGEST_INTEGER } from '../language/limits.ts';
import { integersOf } from '../language/literal.ts';
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

/** What an operation reads: a constant, or a known value by its place (0 is the argument, returned values follow). */
type Operand = { constant: number } | { place: number };

type Operation =
  | { kind: 'abs'; argument: Operand }
  | { kind: 'binary'; operator: Operator; left: Operand; right: Operand };

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
    const hits = (operation: Operation, point: Point) => apply(operation, point)?.result === point.ys[k]!;
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
    return expressionOf(right, [{ kind: 'name', name: 'x' }, ...this.found]);
  }

  /** Tries an operation on one example after another, until one disagrees. False where it cannot be computed. */
  private check(operation: Operation, k: number): boolean {
    for (const point of this.points) {
      const tried = apply(operation, point);
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

/** What may be computed of the argument and the first `found` values in one step, in the order in which it is preferred. */
function operations(found: number): Operation[] {
  const known = Array.from({ length: found + 1 }, (_, place): Operand => ({ place }));
  const binary = (operator: Operator, rights: readonly Operand[]) =>
    known.flatMap((left) => rights.map((right): Operation => ({ kind: 'binary', operator, left, right })));
  const constants = (from: number) => CONSTANTS.slice(from - 1).map((constant): Operand => ({ constant }));
  return [
    ...binary('//', constants(2)),
    ...binary('%', constants(2)),
    ...binary('+', constants(1)),
    ...binary('-', constants(1)),
    ...binary('*', constants(2)),
    ...known.map((argument): Operation => ({ kind: 'abs', argument })),
    ...(['+', '-', '*'] as const).flatMap((operator) => binary(operator, known)),
  ];
}

/** The operation with its operands at one of the examples, and its result; null beyond the range. */
function apply(operation: Operation, { x, ys }: Point): { written: string; result: number } | null {
  const value = (operand: Operand) =>
    'constant' in operand ? operand.constant : ([x, ...ys][operand.place] as number);
  if (operation.kind === 'abs') {
    const argument = value(operation.argument);
    return { written: `abs(${argument})`, result: Math.abs(argument) };
  }
  const { operator } = operation;
  const [left, right] = [value(operation.left), value(operation.right)];
  const result = arithmetic(operator, left, right);
  return Math.abs(result) > LARGEST_INTEGER ? null : { written: `${left} ${operator} ${right}`, result };
}

/** The operation as an expression in x; `known` says what stands at each place. */
function expressionOf(operation: Operation, known: readonly Expression[]): Expression {
  const of = (operand: Operand): Expression =>
    'constant' in operand ? constantOf(operand.constant) : (known[operand.place] as Expression);
  return operation.kind === 'abs'
    ? { kind: 'abs', argument: of(operation.argument) }
    : { ...operation, left: of(operation.left), right: of(operation.right) };
}

function constantOf(value: number): Expression {
  return { kind: 'constant', value };
}

function pointOf({ input, output }: Example): Point | null {
  const [x] = integersOf(input) ?? [];
  const ys = integersOf(output);
  return x === undefined || !ys || ys.length === 0 ? null : { x, ys };
}

/** `2 * x + 3` and its like, without what says nothing. */
function lineOf(slope: number, intercept: number): Expression {
  const x: Expression = { kind: 'name', name: 'x' };
  if (slope === 0) return constantOf(intercept);
  const size = Math.abs(slope);
  const term: Expression =
    size === 1 ? x : { kind: 'binary', operator: '*', left: constantOf(size), right: x };
  if (slope < 0) return { kind: 'binary', operator: '-', left: constantOf(intercept), right: term };
  if (intercept === 0) return term;
  return {
    kind: 'binary',
    operator: intercept > 0 ? '+' : '-',
    left: term,
    right: constantOf(Math.abs(intercept)),
  };
}
