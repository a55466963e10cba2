/**
 * Small-step interpreter of the grammar. It runs only what the generator wrote, to make warm-up examples and
 * their thoughts; verdicts always come from CPython, which this interpreter is tested against.
 */
import { LARGEST_INTEGER } from './limits.ts';
import type { Condition, Expression, GeneratedProgram, Operator, Statement } from './syntax.ts';
import { encode, encodeInteger, lineLabel } from './tokenizer.ts';

const OUT_OF_RANGE = Symbol('out of range');
const EQUALS = encode(' = ');
const END_OF_STEP = encode(';');
const TRUE = encode('True');
const FALSE = encode('False');
const ABS = encode('abs(');
const CLOSE = encode(')');

/** The result of `f(x)` as canonical literal text, or null when any value on the way leaves −99 … 99. */
export function run(program: Pick<GeneratedProgram, 'body'>, x: number): string | null {
  return new Machine(null, LARGEST_INTEGER).call(program, x);
}

/** The result of `f(x)` without the range of the level, or null when a value is no longer exact. */
export function runUnbounded(program: Pick<GeneratedProgram, 'body'>, x: number): string | null {
  return new Machine(null, Number.MAX_SAFE_INTEGER).call(program, x);
}

/**
 * Runs `f(x)` and writes the thought: the input bound to its name, then for each executed line its label, every
 * operation with its values, and the assignment (design: `x = 5;<1>abs(4) = 4;4 - 5 = -1;z = -1;<2>…`).
 * Null when a value leaves the range.
 */
export function trace(
  program: Pick<GeneratedProgram, 'body'>,
  x: number,
): { output: string; thought: number[] } | null {
  const thought: number[] = [];
  const output = new Machine(thought, LARGEST_INTEGER).call(program, x);
  return output === null ? null : { output, thought };
}

/** The value of an expression of numbers and its thought, one operation a step; null when a value leaves the range. */
export function workOut(expression: Expression): { value: number; thought: number[] } | null {
  const thought: number[] = [];
  const value = new Machine(thought, LARGEST_INTEGER).workOut(expression);
  return value === null ? null : { value, thought };
}

class Machine {
  private readonly values = new Map<string, number>();

  /** Without a thought to write to it only computes. */
  constructor(
    private readonly thought: number[] | null,
    private readonly limit: number,
  ) {}

  call(program: Pick<GeneratedProgram, 'body'>, x: number): string | null {
    try {
      this.bind('x', x);
      return this.block(program.body) ?? null;
    } catch (signal) {
      if (signal === OUT_OF_RANGE) return null;
      throw signal;
    }
  }

  workOut(expression: Expression): number | null {
    try {
      return this.evaluate(expression);
    } catch (signal) {
      if (signal === OUT_OF_RANGE) return null;
      throw signal;
    }
  }

  private block(statements: readonly Statement[]): string | undefined {
    for (const s of statements) {
      if (s.kind === 'for') {
        for (let i = 0; i < s.count; i++) {
          this.label(s.line);
          this.bind('i', i);
          const result = this.block(s.body);
          if (result !== undefined) return result;
        }
        continue;
      }
      this.label(s.line);
      if (s.kind === 'assign') this.bind(s.name, this.evaluate(s.value));
      else if (s.kind === 'return') return textOf(s.values.map((value) => this.returned(value)));
      else {
        const result = this.block(this.test(s.condition) ? s.body : s.orElse);
        if (result !== undefined) return result;
      }
    }
    return undefined;
  }

  private returned(e: Expression): number {
    const value = this.evaluate(e);
    // A return without an operation still says its value, so the answer never has to look far back.
    if (e.kind === 'constant' || e.kind === 'name') this.write(encodeInteger(value), END_OF_STEP);
    return value;
  }

  private bind(name: string, value: number): void {
    this.values.set(name, value);
    if (this.thought) this.write(encode(name), EQUALS, encodeInteger(value), END_OF_STEP);
  }

  private evaluate(e: Expression): number {
    switch (e.kind) {
      case 'constant':
        return e.value;
      case 'name':
        return this.values.get(e.name) as number;
      case 'abs': {
        const argument = this.evaluate(e.argument);
        const value = Math.abs(argument);
        if (this.thought)
          this.write(ABS, encodeInteger(argument), CLOSE, EQUALS, encodeInteger(value), END_OF_STEP);
        return value;
      }
      case 'binary': {
        const left = this.evaluate(e.left);
        const right = this.evaluate(e.right);
        const value = arithmetic(e.operator, left, right);
        if (value > this.limit || value < -this.limit) throw OUT_OF_RANGE;
        if (this.thought) {
          this.write(encodeInteger(left), encode(` ${e.operator} `), encodeInteger(right));
          this.write(EQUALS, encodeInteger(value), END_OF_STEP);
        }
        return value;
      }
    }
  }

  private test({ left, operator, right }: Condition): boolean {
    const a = this.evaluate(left);
    const b = this.evaluate(right);
    const holds =
      operator === '<'
        ? a < b
        : operator === '>'
          ? a > b
          : operator === '<='
            ? a <= b
            : operator === '>='
              ? a >= b
              : operator === '=='
                ? a === b
                : a !== b;
    if (this.thought) {
      this.write(encodeInteger(a), encode(` ${operator} `), encodeInteger(b));
      this.write(EQUALS, holds ? TRUE : FALSE, END_OF_STEP);
    }
    return holds;
  }

  private label(line: number): void {
    this.thought?.push(lineLabel(line));
  }

  private write(...parts: readonly number[][]): void {
    if (!this.thought) return;
    for (const part of parts) for (const token of part) this.thought.push(token);
  }
}

/** One value, or several as a tuple, in canonical literal text. */
function textOf(values: readonly number[]): string {
  return values.length === 1 ? String(values[0]) : `(${values.join(', ')})`;
}

/** Python's integer arithmetic: floor division, and a remainder with the sign of the divisor. Never −0. */
export function arithmetic(operator: Operator, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      // `+ 0` turns JavaScript's −0 into Python's 0.
      return left * right + 0;
    case '//':
      return Math.floor(left / right) + 0;
    case '%':
      return left - Math.floor(left / right) * right + 0;
  }
}
