/**
 * Small-step interpreter of level 2. It runs only what the generator wrote, to make warm-up examples and their
 * thoughts; verdicts always come from CPython, which this interpreter is tested against.
 */
import { arithmetic } from '../interpreter.ts';
import { encode, lineLabel } from '../tokenizer.ts';
import type { Builtin, Comparison, Expression, Method, Statement } from './syntax.ts';
import { sliceText } from './syntax.ts';
import { isSmall, textOf, type Value } from './values.ts';

/** How a run ended: with a value, with a Python exception, or beyond what this interpreter takes on. */
export type Ending = { value: Value } | 'error' | 'too large';

const ERROR = Symbol('a Python exception');
const TOO_LARGE = Symbol('beyond the bounds');

/** Executed statements and length of a value beyond which even a run without the level's bounds is given up. */
const MOST_STATEMENTS = 1_000;
const LONGEST = 500;

/** Runs `f(x)` within the level's bounds. With a `thought` to write to, its tokens are appended there. */
export function run(body: readonly Statement[], x: Value, thought: number[] | null = null): Ending {
  return new Machine(thought, isSmall).call(body, x);
}

/** Runs `f(x)` without the level's bounds, as CPython would; too large only where a value is no longer exact. */
export function runUnbounded(body: readonly Statement[], x: Value): Ending {
  return new Machine(null, isExact).call(body, x);
}

function isExact(value: Value): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(value);
  if (typeof value === 'string') return value.length <= LONGEST;
  return typeof value === 'boolean' || (value.length <= LONGEST && value.every(Number.isSafeInteger));
}

class Machine {
  private readonly values = new Map<string, Value>();
  private executed = 0;

  /** Without a thought to write to it only computes. */
  constructor(
    private readonly thought: number[] | null,
    private readonly isAllowed: (value: Value) => boolean,
  ) {}

  call(body: readonly Statement[], x: Value): Ending {
    try {
      // Programs may change the list they are given.
      this.bind('x', this.checked(Array.isArray(x) ? [...x] : x));
      const value = this.block(body);
      return value === undefined ? 'error' : { value };
    } catch (signal) {
      if (signal === ERROR) return 'error';
      if (signal === TOO_LARGE) return 'too large';
      throw signal;
    }
  }

  private block(statements: readonly Statement[]): Value | undefined {
    for (const statement of statements) {
      const value = this.execute(statement);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  private execute(s: Statement): Value | undefined {
    if (s.kind === 'count' || s.kind === 'each') return this.loop(s);
    this.label(s.line);
    switch (s.kind) {
      case 'assign':
        this.bind(s.name, this.evaluate(s.value));
        return undefined;
      case 'add':
        this.add(s.name, this.evaluate(s.value));
        return undefined;
      case 'append': {
        const list = this.values.get(s.name) as number[];
        list.push(this.evaluate(s.value) as number);
        this.bind(s.name, this.checked(list));
        return undefined;
      }
      case 'if':
        return this.block(this.evaluate(s.condition) ? s.body : s.orElse);
      case 'return':
        return this.returned(s.value);
    }
  }

  /** Each pass writes the line's label and binds the name; what is looped over is worked out once, before. */
  private loop(s: Statement & { kind: 'count' | 'each' }): Value | undefined {
    const over = s.kind === 'count' ? s.count : s.of;
    if (over.kind !== 'constant' && over.kind !== 'name') this.label(s.line);
    const value = this.evaluate(over);
    const length = typeof value === 'number' ? value : (value as string | number[]).length;
    for (let pass = 0; pass < length; pass++) {
      this.label(s.line);
      this.bind(s.name, typeof value === 'number' ? pass : ((value as string | number[])[pass] as Value));
      const result = this.block(s.body);
      if (result !== undefined) return result;
    }
    return undefined;
  }

  private returned(e: Expression): Value {
    const value = this.evaluate(e);
    // A return without an operation still says its value, so the answer never has to look far back.
    if (isShown(e)) this.write(() => `${textOf(value)};`);
    return value;
  }

  private bind(name: string, value: Value): void {
    this.values.set(name, value);
    this.write(() => `${name} = ${textOf(value)};`);
  }

  /** `name += value`; a list grows in place, as in Python. */
  private add(name: string, value: Value): void {
    const before = this.values.get(name) as Value;
    const sum = this.step(() => `${textOf(before)} + ${textOf(value)}`, plus(before, value));
    if (Array.isArray(before)) {
      before.splice(0, before.length, ...(sum as number[]));
      this.bind(name, before);
    } else this.bind(name, sum);
  }

  private evaluate(e: Expression): Value {
    switch (e.kind) {
      case 'constant':
        return e.value;
      case 'name':
        return this.values.get(e.name) as Value;
      case 'display':
        return this.checked(e.items.map((item) => this.evaluate(item) as number));
      case 'call': {
        const values = e.arguments.map((argument) => this.evaluate(argument));
        return this.step(() => `${e.name}(${values.map(textOf).join(', ')})`, call(e.name, values));
      }
      case 'method': {
        const of = this.evaluate(e.of) as string | number[];
        const values = e.arguments.map((argument) => this.evaluate(argument));
        const shown = () => `${textOf(of)}.${e.name}(${values.map(textOf).join(', ')})`;
        return this.step(shown, callMethod(of, e.name, values));
      }
      case 'binary': {
        const left = this.evaluate(e.left) as number;
        const right = this.evaluate(e.right) as number;
        return this.step(() => `${left} ${e.operator} ${right}`, arithmetic(e.operator, left, right));
      }
      case 'join': {
        const left = this.evaluate(e.left);
        const right = this.evaluate(e.right);
        return this.step(() => `${textOf(left)} + ${textOf(right)}`, plus(left, right));
      }
      case 'repeat': {
        const of = this.evaluate(e.of) as string | number[];
        const times = this.evaluate(e.times) as number;
        return this.step(() => `${textOf(of)} * ${times}`, repeated(of, times));
      }
      case 'compare': {
        const left = this.evaluate(e.left);
        const right = this.evaluate(e.right);
        return this.step(
          () => `${textOf(left)} ${e.operator} ${textOf(right)}`,
          compare(e.operator, left, right),
        );
      }
      case 'index': {
        const of = this.evaluate(e.of) as string | number[];
        const at = this.evaluate(e.at) as number;
        const item = of[at < 0 ? at + of.length : at];
        if (item === undefined) throw ERROR;
        return this.step(() => `${textOf(of)}[${at}]`, item);
      }
      case 'slice': {
        const of = this.evaluate(e.of) as string | number[];
        const from = e.from && (this.evaluate(e.from) as number);
        const to = e.to && (this.evaluate(e.to) as number);
        return this.step(
          () => `${textOf(of)}${sliceText({ from, to }, String)}`,
          of.slice(from ?? 0, to ?? of.length),
        );
      }
      case 'reverse': {
        const of = this.evaluate(e.of) as string | number[];
        const value = typeof of === 'string' ? [...of].reverse().join('') : [...of].reverse();
        return this.step(() => `${textOf(of)}[::-1]`, value);
      }
    }
  }

  /** One operation with its values and its result. */
  private step(operation: () => string, value: Value): Value {
    this.checked(value);
    this.write(() => `${operation()} = ${textOf(value)};`);
    return value;
  }

  private checked(value: Value): Value {
    if (!this.isAllowed(value)) throw TOO_LARGE;
    return value;
  }

  private label(line: number): void {
    if (++this.executed > MOST_STATEMENTS) throw TOO_LARGE;
    this.thought?.push(lineLabel(line));
  }

  private write(text: () => string): void {
    if (this.thought) for (const token of encode(text())) this.thought.push(token);
  }
}

/** True for expressions that no operation writes down. */
function isShown(e: Expression): boolean {
  return e.kind === 'constant' || e.kind === 'name' || e.kind === 'display';
}

function plus(left: Value, right: Value): Value {
  if (typeof left === 'number') return left + (right as number);
  return typeof left === 'string'
    ? left + (right as string)
    : [...(left as number[]), ...(right as number[])];
}

function repeated(of: string | number[], times: number): Value {
  if (of.length * times > LONGEST) throw TOO_LARGE;
  if (typeof of === 'string') return of.repeat(Math.max(0, times));
  return Array.from({ length: Math.max(0, times) }, () => of).flat();
}

function call(name: Builtin, values: readonly Value[]): Value {
  const [first] = values;
  switch (name) {
    case 'abs':
      return Math.abs(first as number);
    case 'len':
      return (first as string | number[]).length;
    case 'sum':
      return (first as number[]).reduce((sum, item) => sum + item, 0);
    case 'sorted':
      return [...(first as number[])].sort((a, b) => a - b);
    case 'max':
    case 'min': {
      const items = values.length > 1 ? (values as number[]) : (first as number[]);
      if (items.length === 0) throw ERROR;
      return name === 'max' ? Math.max(...items) : Math.min(...items);
    }
  }
}

/** Of needles that are not empty, and of ASCII alone. */
function callMethod(of: string | number[], name: Method, values: readonly Value[]): Value {
  const [first, second] = values;
  if (Array.isArray(of)) return of.filter((item) => item === first).length;
  if (name === 'upper') return of.toUpperCase();
  const parts = of.split(first as string);
  return name === 'count' ? parts.length - 1 : parts.join(second as string);
}

function compare(operator: Comparison, left: Value, right: Value): boolean {
  switch (operator) {
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '<=':
      return left <= right;
    case '>=':
      return left >= right;
    case '==':
      return isEqual(left, right);
    case '!=':
      return !isEqual(left, right);
    case 'in':
      return typeof right === 'string'
        ? right.includes(left as string)
        : (right as number[]).includes(left as number);
  }
}

function isEqual(left: Value, right: Value): boolean {
  if (!Array.isArray(left) || !Array.isArray(right)) return left === right;
  return left.length === right.length && left.every((item, i) => item === right[i]);
}
