/** Writes one random program of level 2, line by line. */
import type { Random } from '../../random.ts';
import { ExpressionWriter, Scope } from './expressions.ts';
import { constant, type Expression, nameOf, type Statement } from './syntax.ts';
import type { Type } from './values.ts';

/** A body with `lines` lines before its `return`, for an argument of the type. Not checked for what it does. */
export function writeBody(random: Random, argument: Type, lines: number): Statement[] {
  return new Writer(random, argument).program(lines);
}

type Loop = Scope['loops'][number];

class Writer {
  private line = 0;
  private readonly scope: Scope;
  private readonly expressions: ExpressionWriter;

  constructor(
    private readonly random: Random,
    private readonly argument: Type,
  ) {
    this.scope = new Scope(argument);
    this.expressions = new ExpressionWriter(random, this.scope);
  }

  program(lines: number): Statement[] {
    const body = this.block(lines, 0);
    body.push({ kind: 'return', line: ++this.line, value: this.returned(lines) });
    return body;
  }

  private block(lines: number, depth: number): Statement[] {
    const statements: Statement[] = [];
    let left = lines;
    while (left > 0) left -= this.statement(statements, left, depth);
    return statements;
  }

  /** Writes one statement of at most `left` lines and says how many it took. */
  private statement(into: Statement[], left: number, depth: number): number {
    const roll = this.random.unit();
    const isLooping = this.scope.loops.length > 0;
    if (depth === 0 && left >= 3 && roll < 0.4) return this.accumulation(into, left);
    if (left >= 2 && depth < 2 && roll < 0.58) {
      if (this.changeable().length > 0 && (isLooping || this.random.chance(0.55)))
        return this.branch(into, left, depth);
      if (!isLooping) return this.plainLoop(into, left, depth);
    }
    into.push(depth === 0 && this.random.chance(0.75) ? this.assignment() : this.change());
    return 1;
  }

  /** A new value for a name, old or new. */
  private assignment(): Statement {
    const { random, scope } = this;
    const line = ++this.line;
    const type = this.type();
    const value = this.expressions.ofType(type);
    const free = ['y', 'z', 'x'].filter((name) => !scope.unread.has(name));
    const name = random.pick(free.length > 0 ? free : ['y', 'z']);
    scope.assign(name, type);
    return { kind: 'assign', line, name, value };
  }

  /** Names that a statement within a branch or loop may change: they keep their type. */
  private changeable(): string[] {
    return [...this.scope.variables.keys()].filter((name) => !this.scope.isLooped(name));
  }

  /** Another value of the same type for a known name. */
  private change(): Statement {
    const { random, scope } = this;
    const names = this.changeable();
    if (names.length === 0) return this.assignment();
    const recent = names.includes(scope.latest) && random.chance(0.5) ? scope.latest : random.pick(names);
    return this.update(recent, scope.variables.get(recent) as Type, random.chance(0.5));
  }

  /** `name` after one more step: `+=`, `.append`, or any expression, which reads the name itself when it grows. */
  private update(name: string, type: Type, grows: boolean): Statement {
    const { random, scope } = this;
    const line = ++this.line;
    let statement: Statement;
    if (!grows) statement = { kind: 'assign', line, name, value: this.expressions.ofType(type) };
    else if (type === 'int') {
      const value = random.chance(0.3) ? constant(random.integer(1, 4)) : this.other(name);
      statement = { kind: 'add', line, name, value };
    } else if (type === 'list') {
      statement = random.chance(0.7)
        ? { kind: 'append', line, name, value: this.other(name) }
        : { kind: 'add', line, name, value: { kind: 'display', items: [this.other(name)] } };
    } else {
      const value =
        scope.loops.some((loop) => loop.type === 'str') && random.chance(0.7)
          ? this.expressions.name('str')
          : constant(this.expressions.letter());
      statement = random.chance(0.7)
        ? { kind: 'add', line, name, value }
        : {
            kind: 'assign',
            line,
            name,
            value: { kind: 'join', left: value, right: nameOf(name) },
          };
    }
    scope.assign(name, type);
    return statement;
  }

  /** A short expression for growing `name`, mostly of the innermost loop's value. */
  private other(name: string): Expression {
    const { random, scope } = this;
    const loop = scope.loops.at(-1);
    if (loop?.type === 'int' && random.chance(0.4)) return nameOf(loop.name);
    if (loop?.counts && scope.variables.get(loop.counts) === 'list' && random.chance(0.6)) {
      return { kind: 'index', of: nameOf(loop.counts), at: nameOf(loop.name) };
    }
    const value = this.expressions.integer();
    return value.kind === 'name' && value.name === name ? constant(random.integer(1, 4)) : value;
  }

  private branch(into: Statement[], left: number, depth: number, test?: () => Expression): number {
    const line = ++this.line;
    const condition = test ? test() : this.expressions.condition();
    const inside = Math.min(left - 1, this.random.chance(0.8) ? 1 : 2);
    const body = this.block(inside, depth + 1);
    let used = 1 + inside;
    let elseLine = 0;
    let orElse: Statement[] = [];
    if (left - used >= 2 && this.random.chance(0.4)) {
      elseLine = ++this.line;
      orElse = this.block(1, depth + 1);
      used += 2;
    }
    into.push({ kind: 'if', line, condition, body, elseLine, orElse });
    return used;
  }

  private plainLoop(into: Statement[], left: number, depth: number): number {
    const inside = Math.min(left - 1, this.random.chance(0.7) ? 1 : 2);
    // A name that is looped over does not change meanwhile, so the only name there is must be left to change.
    const spared = this.scope.variables.size === 1 ? 'x' : null;
    this.looping(into, () => this.block(inside, depth + 1), spared);
    return 1 + inside;
  }

  /** `y = 0`, a loop, and in it `y` grows, perhaps on a condition. */
  private accumulation(into: Statement[], left: number): number {
    const { random, scope } = this;
    const [name, type, start] = this.accumulator();
    const line = ++this.line;
    into.push({ kind: 'assign', line, name, value: start });
    scope.assign(name, type);
    const room = left - 2;
    let inside = 1;
    this.looping(
      into,
      (loop) => {
        const body: Statement[] = [];
        const test = () => (loop.type === 'str' ? this.stringTest(loop) : this.integerTest(loop));
        if (room >= 4 && random.chance(0.25)) inside = this.chosen(body, name, type, test);
        else if (room >= 2 && random.chance(0.5)) inside = this.filtered(body, name, type, test);
        else body.push(this.update(name, type, this.growsPlainly(type)));
        return body;
      },
      name,
    );
    scope.assign(name, type);
    return 2 + inside;
  }

  private filtered(body: Statement[], name: string, type: Type, test: () => Expression): number {
    const line = ++this.line;
    const condition = test();
    const then = [this.update(name, type, true)];
    body.push({ kind: 'if', line, condition, body: then, elseLine: 0, orElse: [] });
    return 2;
  }

  private chosen(body: Statement[], name: string, type: Type, test: () => Expression): number {
    const line = ++this.line;
    const condition = test();
    const then = [this.update(name, type, true)];
    const elseLine = ++this.line;
    const orElse = [this.update(name, type, this.random.chance(0.7))];
    body.push({ kind: 'if', line, condition, body: then, elseLine, orElse });
    return 4;
  }

  private growsPlainly(type: Type): boolean {
    return this.random.chance(type === 'int' ? 0.6 : 0.85);
  }

  private integerTest(loop: Loop): Expression {
    const indexed = loop.counts && this.scope.variables.get(loop.counts) === 'list';
    return this.expressions.integerTest(
      indexed && this.random.chance(0.6)
        ? { kind: 'index', of: nameOf(loop.counts as string), at: nameOf(loop.name) }
        : nameOf(loop.name),
    );
  }

  private stringTest(loop: Loop): Expression {
    return this.expressions.stringTest(nameOf(loop.name));
  }

  /** Name, type and first value of what a loop builds up. */
  private accumulator(): [string, Type, Expression] {
    const { random, scope } = this;
    const free = ['y', 'z'].filter((name) => !scope.unread.has(name));
    const name = random.pick(free.length > 0 ? free : ['y', 'z']);
    const type = scope.has('str')
      ? random.pick<Type>(['int', 'str', 'str', 'list'])
      : random.pick<Type>(['int', 'list']);
    if (type === 'list') return [name, type, { kind: 'display', items: [] }];
    if (type === 'str') return [name, type, constant('')];
    return [name, type, constant(random.chance(0.65) ? 0 : random.integer(1, 5))];
  }

  /** A loop over a list, a string or a range; `spared` is what it must not run over. */
  private looping(into: Statement[], write: (loop: Loop) => Statement[], spared: string | null): void {
    const { random, scope } = this;
    const line = ++this.line;
    const sequences = scope.names('list', 'str').filter((name) => name !== spared);
    if (sequences.length === 0 || random.chance(0.17)) {
      const counts = sequences.length > 0 && random.chance(0.4) ? random.pick(sequences) : null;
      const count: Expression = counts
        ? { kind: 'call', name: 'len', arguments: [nameOf(counts)] }
        : constant(random.integer(2, 3));
      if (counts) scope.unread.delete(counts);
      const body = this.within({ name: 'i', type: 'int', over: counts, counts }, write);
      into.push({ kind: 'count', line, name: 'i', count, body });
      return;
    }
    const unread = sequences.filter((name) => scope.unread.has(name));
    const over = random.pick(unread.length > 0 ? unread : sequences);
    scope.unread.delete(over);
    const isText = scope.variables.get(over) === 'str';
    const loop: Loop = { name: isText ? 'c' : 'v', type: isText ? 'str' : 'int', over, counts: null };
    const of = this.iterated(nameOf(over), isText);
    const body = this.within(loop, write);
    into.push({ kind: 'each', line, name: loop.name, of, body });
  }

  private iterated(of: Expression, isText: boolean): Expression {
    const roll = this.random.unit();
    if (roll < 0.06) return { kind: 'reverse', of };
    if (roll < 0.11) return { kind: 'slice', of, from: constant(1), to: null };
    return roll < 0.17 && !isText ? { kind: 'call', name: 'sorted', arguments: [of] } : of;
  }

  private within(loop: Loop, write: (loop: Loop) => Statement[]): Statement[] {
    this.scope.loops.push(loop);
    const body = write(loop);
    this.scope.loops.pop();
    return body;
  }

  /** Mostly of what is at hand. */
  private type(): Type {
    const { random, scope, argument } = this;
    const types: Type[] = ['int', 'list', 'str'];
    const rare = { int: 0.5, list: argument === 'int' ? 0.45 : 0.2, str: argument === 'int' ? 0.15 : 0.06 };
    return types[
      random.weighted(types.map((type) => (scope.names(type).length > 0 ? 1 : rare[type])))
    ] as Type;
  }

  private returned(lines: number): Expression {
    const { random, scope } = this;
    const type = scope.variables.get(scope.latest) as Type;
    if (lines > 0 && random.chance(0.4)) return nameOf(scope.latest);
    if (random.chance(0.06)) return this.expressions.condition();
    return this.expressions.ofType(lines > 0 && random.chance(0.5) ? type : this.type());
  }
}
