/** Random typed expressions of level 2 over the variables at hand. */
import type { Random } from '../../random.ts';
import type { Operator } from '../syntax.ts';
import { type Builtin, type Comparison, constant, type Expression, nameOf } from './syntax.ts';
import type { Type } from './values.ts';

/** What an expression may read at a place of the program. */
export class Scope {
  /** Types of names that have a value on every path so far; `x` is the argument. */
  readonly variables = new Map<string, Type>();
  /** Names whose value has not been read since it was assigned: likelier to be read next. */
  readonly unread = new Set<string>();
  /** Loops around this place, the innermost last. `counts` is the sequence whose places the counter runs over. */
  readonly loops: { name: string; type: Type; over: string | null; counts: string | null }[] = [];
  /** The name assigned last. */
  latest = 'x';

  constructor(argument: Type) {
    this.variables.set('x', argument);
    this.unread.add('x');
  }

  assign(name: string, type: Type): void {
    this.variables.set(name, type);
    this.unread.add(name);
    this.latest = name;
  }

  /** Names of variables, without those of loops. */
  names(...types: readonly Type[]): string[] {
    return [...this.variables].flatMap(([name, type]) => (types.includes(type) ? [name] : []));
  }

  has(type: Type): boolean {
    return [...this.variables.values()].includes(type) || this.loops.some((loop) => loop.type === type);
  }

  /** True when a loop runs over the name, which must not change meanwhile. */
  isLooped(name: string): boolean {
    return this.loops.some((loop) => loop.over === name);
  }
}

type Sequence = 'list' | 'str';
/** Ways to write an expression of a type, with their weights. */
type Ways = readonly (readonly [weight: number, make: () => Expression])[];

const binary = (operator: Operator, left: Expression, right: Expression): Expression => ({
  kind: 'binary',
  operator,
  left,
  right,
});
const join = (left: Expression, right: Expression): Expression => ({ kind: 'join', left, right });
const repeat = (of: Expression, times: Expression): Expression => ({ kind: 'repeat', of, times });
const slice = (of: Expression, from: number | null, to: number | null): Expression => ({
  kind: 'slice',
  of,
  from: from === null ? null : constant(from),
  to: to === null ? null : constant(to),
});
const isSameName = (a: Expression, b: Expression) =>
  a.kind === 'name' && b.kind === 'name' && a.name === b.name;
const display = (...items: Expression[]): Expression => ({ kind: 'display', items });

export class ExpressionWriter {
  constructor(
    private readonly random: Random,
    private readonly scope: Scope,
  ) {}

  /** One or two operations that give a value of the type. */
  ofType(type: Type): Expression {
    if (type === 'int') return this.integer();
    return type === 'list' ? this.list() : this.string();
  }

  /** A comparison, or a look for an item. */
  condition(): Expression {
    const { random, scope } = this;
    return this.write([
      [scope.has('int') ? 3 : 0, () => this.integerTest(this.name('int'))],
      [scope.has('list') || scope.has('str') ? 1 : 0, () => this.integerTest(this.measure())],
      [scope.has('list') ? 0.5 : 0, () => this.compare('in', this.integerAtom(), this.name('list'))],
      [scope.has('str') ? 1 : 0, () => this.stringTest(this.name('str'))],
      [
        scope.has('list') ? 0.15 : 0,
        () => {
          const list = this.name('list');
          const other: Expression = random.chance(0.5)
            ? { kind: 'reverse', of: list }
            : { kind: 'call', name: 'sorted', arguments: [list] };
          return this.compare('==', list, other);
        },
      ],
    ]);
  }

  /** A test of one integer, mostly against a constant. */
  integerTest(left: Expression): Expression {
    const { random } = this;
    if (random.chance(0.18)) {
      const modulus = random.integer(2, 3);
      return this.compare(
        '==',
        binary('%', left, constant(modulus)),
        constant(random.integer(0, modulus - 1)),
      );
    }
    const operator = random.pick<Comparison>(['<', '>', '<', '>', '<=', '>=', '==', '!=']);
    const isCounter = left.kind === 'name' && left.name === 'i';
    const other = !isCounter && random.chance(0.25) && this.scope.has('int') ? this.name('int') : null;
    const right = other && !isSameName(left, other) ? other : constant(random.integer(0, isCounter ? 2 : 6));
    return this.compare(operator, left, right);
  }

  /** A test of one string. */
  stringTest(left: Expression): Expression {
    const { random } = this;
    const isCharacter = this.scope.loops.some((loop) => left.kind === 'name' && loop.name === left.name);
    if (isCharacter) {
      const operator = random.pick<Comparison>(['==', '!=', '==', '!=', '<', '>']);
      return this.compare(operator, left, constant(this.letter()));
    }
    return random.chance(0.7)
      ? this.compare('in', constant(this.letter()), left)
      : this.compare('==', left, { kind: 'reverse', of: left });
  }

  /** Something that is read, of the type; there must be one. What has not been read yet is likelier. */
  name(type: Type): Expression {
    const { random, scope } = this;
    const loops = scope.loops.filter((loop) => loop.type === type);
    const names = scope.names(type);
    if (loops.length > 0 && (names.length === 0 || random.chance(0.5))) {
      return nameOf((loops.at(-1) as { name: string }).name);
    }
    const unread = names.filter((name) => scope.unread.has(name));
    const name = random.pick(unread.length > 0 && random.chance(0.6) ? unread : names);
    scope.unread.delete(name);
    return nameOf(name);
  }

  integer(): Expression {
    const { scope } = this;
    const hasSequence = scope.has('list') || scope.has('str');
    return this.write([
      [hasSequence ? (scope.has('int') ? 2 : 4) : 0, () => this.measure()],
      [scope.has('int') ? 0.4 : 0, () => ({ kind: 'call', name: 'abs', arguments: [this.name('int')] })],
      [scope.has('int') ? 0.5 : 0, () => this.extreme()],
      [4, () => this.operation(this.leading(), this.integerAtom())],
      [
        2,
        () => {
          const first = this.operation(this.leading(), this.integerAtom());
          const second = this.integerAtom();
          return this.random.chance(0.7) ? this.operation(first, second) : this.operation(second, first);
        },
      ],
    ]);
  }

  /** `max(y, v)`: the larger or smaller of two. */
  private extreme(): Expression {
    const name = this.random.pick(['max', 'min'] as const);
    const left = this.name('int');
    return { kind: 'call', name, arguments: [left, this.otherThan(left, this.integerAtom())] };
  }

  private operation(left: Expression, right: Expression): Expression {
    const operator = this.random.pick<Operator>(['+', '+', '-', '-', '*', '//', '%']);
    // Division and remainder are by 2 … 9, so nothing divides by zero.
    if (operator === '//' || operator === '%') {
      return binary(operator, left, constant(this.random.integer(2, 9)));
    }
    return binary(operator, left, operator === '-' ? this.otherThan(left, right) : right);
  }

  /** `right`, but a constant where it is `left` again: `x - x` and `max(x, x)` say nothing. */
  private otherThan(left: Expression, right: Expression): Expression {
    return isSameName(left, right) ? constant(this.random.integer(1, 9)) : right;
  }

  private leading(): Expression {
    const { scope, random } = this;
    if (scope.has('int') && random.chance(0.7)) return this.name('int');
    return scope.has('list') || scope.has('str') ? this.measure() : this.name('int');
  }

  private integerAtom(): Expression {
    const { random, scope } = this;
    if (scope.has('int') && random.chance(0.5)) return this.name('int');
    if ((scope.has('list') || scope.has('str')) && random.chance(0.25)) return this.measure();
    return constant(random.integer(1, 9));
  }

  /** An integer that a list or string gives: its length, its sum, an item. */
  measure(): Expression {
    const { random, scope } = this;
    const counter = scope.loops.at(-1);
    const counted = counter?.counts;
    if (counter && counted && scope.variables.get(counted) === 'list' && random.chance(0.7)) {
      return { kind: 'index', of: nameOf(counted), at: nameOf(counter.name) };
    }
    const names = [...scope.names('list'), ...scope.names('str')];
    if (names.length === 0 || (!scope.names('list').length && random.chance(0.3))) {
      const text = this.name('str');
      return { kind: 'method', of: text, name: 'count', arguments: [constant(this.letter())] };
    }
    const isList = scope.names('list').length > 0 && (!scope.names('str').length || random.chance(0.6));
    const of = this.name(isList ? 'list' : 'str');
    const call = (name: Builtin) => (): Expression => ({ kind: 'call', name, arguments: [of] });
    if (!isList) return call('len')();
    return this.write([
      [2.2, call('len')],
      [2.2, call('sum')],
      [1.3, call('max')],
      [1.3, call('min')],
      [1.2, () => ({ kind: 'index', of, at: constant(0) })],
      [1.2, () => ({ kind: 'index', of, at: constant(-1) })],
      [0.4, () => ({ kind: 'index', of, at: constant(1) })],
      [
        0.4,
        () => ({
          kind: 'method',
          of,
          name: 'count',
          arguments: [scope.has('int') ? this.name('int') : constant(random.integer(0, 5))],
        }),
      ],
      [0.6, () => ({ kind: 'call', name: 'sum', arguments: [this.part(of)] })],
      [
        0.4,
        () => ({
          kind: 'index',
          of: { kind: 'call', name: 'sorted', arguments: [of] },
          at: constant(random.pick([1, -2])),
        }),
      ],
    ]);
  }

  private list(): Expression {
    const { scope, random } = this;
    if (!scope.has('list')) {
      return this.write([
        [3, () => display(this.integerAtom(), this.integer())],
        [1, () => display(this.integer())],
        [2, () => repeat(display(this.integerAtom()), this.times())],
        [1, () => display(this.leading(), this.integerAtom(), this.integerAtom())],
      ]);
    }
    const first = this.listStep(this.name('list'));
    return random.chance(0.25) ? this.furtherStep('list', first) : first;
  }

  private listStep(list: Expression): Expression {
    return this.write([
      [1.5, () => join(list, display(this.itemOf()))],
      [1.2, () => join(display(this.itemOf()), list)],
      [1.2, () => ({ kind: 'reverse', of: list })],
      [2, () => this.part(list)],
      [1.2, () => ({ kind: 'call', name: 'sorted', arguments: [list] })],
      [0.7, () => join(list, this.name('list'))],
      [0.4, () => repeat(list, constant(2))],
      [0.6, () => this.rotation(list)],
      [1, () => display(this.measure(), this.integerAtom())],
    ]);
  }

  /** An integer for a list: short, as it stands within brackets. */
  private itemOf(): Expression {
    return this.random.chance(0.25) ? this.integer() : this.integerAtom();
  }

  private string(): Expression {
    const { scope, random } = this;
    if (!scope.has('str')) {
      return repeat(constant(this.letters()), this.times());
    }
    const first = this.stringStep(this.name('str'));
    return random.chance(0.25) ? this.furtherStep('str', first) : first;
  }

  private stringStep(text: Expression): Expression {
    return this.write([
      [1.3, () => join(text, constant(this.letters()))],
      [1.2, () => join(constant(this.letters()), text)],
      [1.4, () => ({ kind: 'reverse', of: text })],
      [2, () => this.part(text)],
      [1.2, () => join(text, this.name('str'))],
      [0.5, () => repeat(text, constant(2))],
      [0.6, () => this.rotation(text)],
      [0.9, () => this.replacement(text)],
      [0.35, () => ({ kind: 'method', of: text, name: 'upper', arguments: [] })],
      [0.3, () => repeat(constant(this.letter()), this.times())],
    ]);
  }

  /** A second step upon a first one that is not undone or repeated by it. */
  private furtherStep(type: Sequence, first: Expression): Expression {
    const isSorted = first.kind === 'call';
    return this.write([
      [first.kind === 'reverse' ? 0 : 1.5, () => ({ kind: 'reverse', of: first })],
      [first.kind === 'slice' ? 0 : 1.5, () => this.part(first)],
      [
        1,
        () => {
          const more = type === 'list' ? display(this.integerAtom()) : constant(this.letters());
          return this.random.chance(0.5) ? join(first, more) : join(more, first);
        },
      ],
      [
        type === 'list' && !isSorted && first.kind !== 'reverse' ? 0.8 : 0,
        () => ({ kind: 'call', name: 'sorted', arguments: [first] }),
      ],
    ]);
  }

  /** A slice of a list or string. */
  private part(of: Expression): Expression {
    const { random } = this;
    return this.write([
      [1, () => slice(of, 1, null)],
      [1, () => slice(of, null, -1)],
      [1.2, () => slice(of, null, random.integer(1, 3))],
      [0.7, () => slice(of, random.integer(2, 3), null)],
      [0.3, () => slice(of, -2, null)],
      [0.3, () => slice(of, 1, -1)],
    ]);
  }

  private rotation(of: Expression): Expression {
    return this.random.chance(0.5)
      ? join(slice(of, 1, null), slice(of, null, 1))
      : join(slice(of, -1, null), slice(of, null, -1));
  }

  private replacement(of: Expression): Expression {
    const from = this.letter();
    const to = this.random.chance(0.25) ? '' : this.random.pick([...LETTERS].filter((c) => c !== from));
    return { kind: 'method', of, name: 'replace', arguments: [constant(from), constant(to)] };
  }

  /** How often something is repeated. */
  private times(): Expression {
    const { random, scope } = this;
    if (scope.has('int') && random.chance(0.4)) return this.name('int');
    return scope.has('list') && random.chance(0.6)
      ? { kind: 'call', name: 'len', arguments: [this.name('list')] }
      : constant(random.integer(2, 3));
  }

  private compare(operator: Comparison, left: Expression, right: Expression): Expression {
    return { kind: 'compare', operator, left, right };
  }

  private write(ways: Ways): Expression {
    const way = ways[this.random.weighted(ways.map(([weight]) => weight))] as Ways[number];
    return way[1]();
  }

  private letters(): string {
    return this.random.chance(0.8) ? this.letter() : this.letter() + this.letter();
  }

  letter(): string {
    return this.random.pick([...LETTERS]);
  }
}

export const LETTERS = 'abcde';
