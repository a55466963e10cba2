/** Near misses of a program of level 2, as a search through programs meets them. */
import type { Random } from '../../random.ts';
import type { Operator } from '../syntax.ts';
import { LETTERS } from './expressions.ts';
import type { Builtin, Comparison, Expression, Statement } from './syntax.ts';

const SUMS: readonly Operator[] = ['+', '-', '*'];
const DIVISIONS: readonly Operator[] = ['//', '%'];
const ORDERS: readonly Comparison[] = ['<', '>', '<=', '>=', '==', '!='];
const EQUALITIES: readonly Comparison[] = ['==', '!='];
const OF_LISTS: readonly Builtin[] = ['sum', 'max', 'min'];
const OF_TWO: readonly Builtin[] = ['max', 'min'];

/** Integers that may stand at a place, so that a changed constant still makes sense there. */
const VALUES = range(0, 9);
const DIVISORS = range(2, 9);
const PLACES = [-2, -1, 0, 1];
const BOUNDS = [-2, -1, 1, 2, 3];
const COUNTS = range(2, 4);

/**
 * A copy of the body with one constant, operator, comparison or function changed, or the sides of one `+` exchanged;
 * null when there is nothing to change. Types stay what they were.
 */
export function mutated(random: Random, body: readonly Statement[]): Statement[] | null {
  const copy = structuredClone(body) as Statement[];
  const mutation = new Mutation(random);
  const changes = copy.flatMap((statement) => mutation.ofStatement(statement));
  if (changes.length === 0) return null;
  random.pick(changes)();
  return copy;
}

type Change = () => void;

class Mutation {
  constructor(private readonly random: Random) {}

  ofStatement(s: Statement): Change[] {
    switch (s.kind) {
      case 'assign':
      case 'add':
      case 'append':
      case 'return':
        return this.of(s.value);
      case 'if':
        return [...this.of(s.condition), ...this.ofAll(s.body), ...this.ofAll(s.orElse)];
      case 'count':
        return [...this.of(s.count, COUNTS), ...this.ofAll(s.body)];
      case 'each':
        return [...this.of(s.of), ...this.ofAll(s.body)];
    }
  }

  private ofAll(statements: readonly Statement[]): Change[] {
    return statements.flatMap((statement) => this.ofStatement(statement));
  }

  /** Changes within an expression; an integer constant that is all of it becomes another of `values`. */
  private of(e: Expression | null, values: readonly number[] = VALUES): Change[] {
    if (e === null) return [];
    const { random } = this;
    switch (e.kind) {
      case 'name':
        return [];
      case 'constant':
        return this.ofConstant(e, values);
      case 'display':
        return e.items.flatMap((item) => this.of(item));
      case 'call': {
        const known = e.arguments.length > 1 ? OF_TWO : OF_LISTS;
        const others = known.includes(e.name) ? known.filter((name) => name !== e.name) : [];
        const change = () => (e.name = random.pick(others));
        return [...(others.length > 0 ? [change] : []), ...e.arguments.flatMap((of) => this.of(of))];
      }
      case 'method':
        return [...this.of(e.of), ...e.arguments.flatMap((argument) => this.of(argument))];
      case 'binary': {
        const isDivision = DIVISIONS.includes(e.operator);
        const others = (isDivision ? DIVISIONS : SUMS).filter((operator) => operator !== e.operator);
        return [
          () => (e.operator = random.pick(others)),
          ...this.of(e.left),
          ...this.of(e.right, isDivision ? DIVISORS : VALUES),
        ];
      }
      case 'join':
        return [() => ([e.left, e.right] = [e.right, e.left]), ...this.of(e.left), ...this.of(e.right)];
      case 'repeat':
        return [...this.of(e.of), ...this.of(e.times, COUNTS)];
      case 'compare': {
        // Only the order of integers and of letters is that of Python; lists and texts are only equal or not.
        const isOfSequences = e.right.kind === 'reverse' || e.right.kind === 'call';
        const others = (isOfSequences ? EQUALITIES : ORDERS).filter((operator) => operator !== e.operator);
        const change = () => (e.operator = random.pick(others));
        return [...(e.operator === 'in' ? [] : [change]), ...this.of(e.left), ...this.of(e.right)];
      }
      case 'index':
        return [...this.of(e.of), ...this.of(e.at, PLACES)];
      case 'slice':
        return [...this.of(e.of), ...this.of(e.from, BOUNDS), ...this.of(e.to, BOUNDS)];
      case 'reverse':
        return this.of(e.of);
    }
  }

  private ofConstant(e: Expression & { kind: 'constant' }, values: readonly number[]): Change[] {
    const { value } = e;
    if (typeof value === 'number') {
      const others = values.filter((other) => other !== value);
      return [() => (e.value = this.random.pick(others))];
    }
    // The empty string that a loop starts from stays, as the empty list does.
    if (value.length !== 1) return [];
    const others = [...LETTERS].filter((letter) => letter !== value);
    return [() => (e.value = this.random.pick(others))];
  }
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}
