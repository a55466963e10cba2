/**
 * Level 1 of the task language: integers in −99 … 99, one argument `x`, assignments, `if`/`else`, bounded
 * `for`, one to three returned values. The generator stands in for the pretraining of AZR's base model: it writes warm-up examples and the
 * held-out suites, never a self-play task.
 */
import type { Random } from '../random.ts';
import { isHeldOut } from './heldOut.ts';
import { run, runUnbounded } from './interpreter.ts';
import { INTEGER_TASKS } from './limits.ts';
import { fingerprintKey, probesFor, resultKey } from './probes.ts';
import type { Comparison, Condition, Expression, GeneratedProgram, Operator, Statement } from './syntax.ts';

export const TIERS = [1, 2, 3, 4, 5, 6, 7, 8] as const;
/** Shares of tiers in a warm-up, from the first, where no recipe says otherwise; higher tiers never occur in it. */
export const WARM_UP_TIERS: readonly number[] = [0.2, 0.3, 0.3, 0.2];
/** Lines between `def` and `return`, by tier. */
const LINES: Record<number, readonly [number, number]> = {
  1: [0, 1],
  2: [1, 2],
  3: [3, 4],
  4: [5, 6],
  5: [7, 8],
  6: [9, 10],
  7: [11, 12],
  8: [13, 14],
};

/** Fewest and most lines between `def` and `return` at a tier. Throws a RangeError for other tiers than {@link TIERS}. */
export function linesOfTier(tier: number): readonly [number, number] {
  const bounds = LINES[tier];
  if (!bounds) throw new RangeError(`There is no tier ${tier}; tiers are 1 to ${TIERS.length}`);
  return bounds;
}

/** Lines of any program between `def` and its last line. */
export function bodyLines(program: string): number {
  return Math.max(0, program.split('\n').filter((line) => line.trim() !== '').length - 2);
}

/** The shortest tier whose programs may have that many lines; one more than the last tier for longer ones. */
export function tierOfLines(lines: number): number {
  return TIERS.find((tier) => lines <= linesOfTier(tier)[1]) ?? TIERS.length + 1;
}

/** Inputs on which triviality is checked: few results or the identity on all of them is trivial. */
const TRIVIALITY_PROBES = [-6, -1, 0, 1, 2, 5, 9, 14];
/** Fewest probes that must stay in range. */
const LEAST_IN_RANGE = 4;

/** A non-trivial program of the tier, held out or not as asked. */
export function generateProgram(random: Random, tier: number, heldOut = false): GeneratedProgram {
  const [least, most] = linesOfTier(tier);
  for (;;) {
    const program = programOf(new Writer(random).program(random.integer(least, most)), tier, heldOut);
    if (program) return program;
  }
}

/** A body as a program, or null when it is trivial or not of the class asked for. */
export function programOf(body: Statement[], tier: number, heldOut: boolean): GeneratedProgram | null {
  if (isTrivial(body)) return null;
  const fingerprint = fingerprintOf(body);
  // Numbers beyond exact ones on a probe: such a program is no use at this level.
  if (fingerprint === null || isHeldOut(fingerprint) !== heldOut) return null;
  return { source: sourceOf(body), body, tier, fingerprint };
}

/** Programs tried before a program is said to have no extension. */
const EXTENSION_TRIES = 8;

/**
 * The program with `extra` lines more at a place of its top level, so that it acts otherwise; null when a few tries
 * give only trivial or held-out ones. It is of no tier: longer than the program's own.
 */
export function extendProgram(
  random: Random,
  program: GeneratedProgram,
  extra: number,
): GeneratedProgram | null {
  for (let attempt = 0; attempt < EXTENSION_TRIES; attempt++) {
    const body = structuredClone(program.body);
    const at = random.integer(0, body.length - 1);
    const known = new Set(['x', ...body.slice(0, at).flatMap((s) => (s.kind === 'assign' ? [s.name] : []))]);
    const added = new Writer(random, [...known]).lines(extra);
    body.splice(at, 0, ...added);
    // Where the result is a name, the new value often takes its place: else what was added may be idle.
    const last = body.at(-1);
    const assigned = added.findLast((s) => s.kind === 'assign');
    if (last?.kind === 'return' && last.values[0]?.kind === 'name' && assigned && random.chance(0.4)) {
      last.values[0] = { kind: 'name', name: assigned.name };
    }
    renumber(body, 0);
    const extended = programOf(body, program.tier, false);
    if (extended && extended.fingerprint !== program.fingerprint) return extended;
  }
  return null;
}

/** Labels lines anew from after `line` on; returns the last label. */
function renumber(body: readonly Statement[], line: number): number {
  let last = line;
  for (const s of body) {
    s.line = ++last;
    if (s.kind === 'for' || s.kind === 'if') last = renumber(s.body, last);
    if (s.kind === 'if' && s.orElse.length > 0) {
      s.elseLine = ++last;
      last = renumber(s.orElse, last);
    }
  }
  return last;
}

/** An input for which the program stays in range, or null when a few draws find none. */
export function generateInput(random: Random, program: GeneratedProgram): number | null {
  for (let attempt = 0; attempt < 8; attempt++) {
    const x = drawInput(random);
    if (run(program, x) !== null) return x;
  }
  return null;
}

/** Inputs are small most of the time. */
export function drawInput(random: Random): number {
  return random.chance(0.85) ? random.integer(-6, 12) : random.integer(-20, 30);
}

const PROBES = probesFor('0');
const PROBE_NUMBERS = PROBES.inputs.map(Number);

function fingerprintOf(body: Statement[]): string | null {
  const results: string[] = [];
  for (const x of PROBE_NUMBERS) {
    const result = runUnbounded({ body }, x);
    if (result === null) return null;
    results.push(resultKey(result));
  }
  return fingerprintKey(PROBES.signature, results);
}

function isTrivial(body: Statement[]): boolean {
  const outputs = TRIVIALITY_PROBES.map((x) => run({ body }, x));
  const inRange = outputs.filter((value) => value !== null);
  if (inRange.length < LEAST_IN_RANGE) return true;
  if (new Set(inRange).size < INTEGER_TASKS.leastDistinct) return true;
  return outputs.every((value, i) => value === null || value === String(TRIVIALITY_PROBES[i]));
}

/** Python source of a body; one level of indentation is four spaces. */
export function sourceOf(body: readonly Statement[]): string {
  const lines = ['def f(x):'];
  const write = (statements: readonly Statement[], indent: string) => {
    for (const s of statements) {
      if (s.kind === 'assign') lines.push(`${indent}${s.name} = ${expressionText(s.value)}`);
      else if (s.kind === 'return') lines.push(`${indent}return ${s.values.map(expressionText).join(', ')}`);
      else if (s.kind === 'for') {
        lines.push(`${indent}for i in range(${s.count}):`);
        write(s.body, `${indent}    `);
      } else {
        const { left, operator, right } = s.condition;
        lines.push(`${indent}if ${expressionText(left)} ${operator} ${expressionText(right)}:`);
        write(s.body, `${indent}    `);
        if (s.orElse.length > 0) {
          lines.push(`${indent}else:`);
          write(s.orElse, `${indent}    `);
        }
      }
    }
  };
  write(body, '    ');
  return lines.join('\n');
}

export const PRECEDENCE: Record<Operator, number> = { '+': 1, '-': 1, '*': 2, '//': 2, '%': 2 };

/** Python source of an expression, with the parentheses that it needs. */
export function expressionText(e: Expression): string {
  switch (e.kind) {
    case 'constant':
      return String(e.value);
    case 'name':
      return e.name;
    case 'abs':
      return `abs(${expressionText(e.argument)})`;
    case 'binary': {
      const level = PRECEDENCE[e.operator];
      const wrap = (side: Expression, strict: boolean) => {
        const text = expressionText(side);
        if (side.kind !== 'binary') return text;
        const inner = PRECEDENCE[side.operator];
        return inner < level || (strict && inner === level) ? `(${text})` : text;
      };
      return `${wrap(e.left, false)} ${e.operator} ${wrap(e.right, true)}`;
    }
  }
}

/** Shares of one, two and three returned values. */
const MORE_VALUES = [0.2, 0.4, 0.4];

/** Writes one random program, line by line. */
class Writer {
  private line = 0;
  /** Names assigned on every path so far; `x` is the argument. */
  private readonly names: string[];
  private latest: string;
  private inLoop = false;

  constructor(
    private readonly random: Random,
    known: readonly string[] = ['x'],
  ) {
    this.names = [...known];
    this.latest = known.at(-1) as string;
  }

  /** Lines without a `return`. */
  lines(count: number): Statement[] {
    return this.block(count, 0);
  }

  program(lines: number): Statement[] {
    const body = this.block(lines, 0);
    body.push({ kind: 'return', line: ++this.line, values: this.results(lines) });
    return body;
  }

  private block(lines: number, depth: number): Statement[] {
    const statements: Statement[] = [];
    let left = lines;
    while (left > 0) {
      const roll = this.random.unit();
      let used: number;
      if (left >= 2 && depth < 2 && roll < 0.2) used = this.branch(statements, left, depth);
      else if (left >= 2 && depth < 2 && !this.inLoop && roll < 0.38)
        used = this.loop(statements, left, depth);
      else used = this.assign(statements, depth);
      left -= used;
    }
    return statements;
  }

  private assign(into: Statement[], depth: number): number {
    const line = ++this.line;
    const value = this.expression();
    // Inside a branch or loop only known names are assigned, so every name read later has a value.
    const name = depth > 0 ? this.random.pick(this.names) : this.random.pick(['x', 'y', 'z', 'y', 'z']);
    if (value.kind === 'name' && value.name === name) return this.undo(depth, into);
    into.push({ kind: 'assign', line, name, value });
    this.latest = name;
    if (!this.names.includes(name)) this.names.push(name);
    return 1;
  }

  /** `y = y` says nothing: write another line in its place. */
  private undo(depth: number, into: Statement[]): number {
    this.line--;
    return this.assign(into, depth);
  }

  private branch(into: Statement[], left: number, depth: number): number {
    const line = ++this.line;
    const condition = this.condition();
    const inside = Math.min(left - 1, this.random.chance(0.75) ? 1 : 2);
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

  private loop(into: Statement[], left: number, depth: number): number {
    const line = ++this.line;
    const count = this.random.integer(2, 4);
    const inside = Math.min(left - 1, this.random.chance(0.65) ? 1 : 2);
    this.inLoop = true;
    const body = this.block(inside, depth + 1);
    this.inLoop = false;
    into.push({ kind: 'for', line, count, body });
    return 1 + inside;
  }

  private condition(): Condition {
    const left = this.name();
    if (this.random.chance(0.15)) {
      const modulus = this.random.integer(2, 4);
      return {
        operator: '==',
        left: { kind: 'binary', operator: '%', left, right: constant(modulus) },
        right: constant(this.random.integer(0, modulus - 1)),
      };
    }
    const operator = this.random.pick<Comparison>(['<', '>', '<', '>', '<=', '>=', '==', '!=']);
    const counter = left.kind === 'name' && left.name === 'i';
    const other = this.random.chance(0.25) && !counter ? this.name() : null;
    const distinct = other && !(other.kind === 'name' && left.kind === 'name' && other.name === left.name);
    const right = distinct ? other : constant(this.random.integer(0, counter ? 2 : 9));
    return { operator, left, right };
  }

  /** One to two operations, or rarely a plain copy. */
  private expression(): Expression {
    const roll = this.random.unit();
    if (roll < 0.08) return this.random.chance(0.5) ? this.name() : constant(this.random.integer(0, 9));
    if (roll < 0.16) return { kind: 'abs', argument: this.name() };
    const first = this.operation(this.name(), this.atom());
    if (roll < 0.62) return first;
    const second = this.random.chance(0.12) ? ({ kind: 'abs', argument: this.name() } as const) : this.atom();
    return this.random.chance(0.7) ? this.operation(first, second) : this.operation(second, first);
  }

  /** What is returned, one to three values: names that no value has named yet, or operations on names. */
  private results(lines: number): Expression[] {
    const first = this.returned(lines);
    const values = [first];
    const named = new Set(['x', ...(first.kind === 'name' ? [first.name] : [])]);
    for (let more = this.random.weighted(MORE_VALUES); more > 0; more--) {
      const free = this.names.filter((name) => !named.has(name));
      if (free.length > 0 && this.random.chance(0.7)) {
        const name = this.random.pick(free);
        named.add(name);
        values.push({ kind: 'name', name });
      } else values.push(this.operation(this.name(), this.atom()));
    }
    return values;
  }

  private returned(lines: number): Expression {
    const latestName: Expression = { kind: 'name', name: this.latest };
    if (lines > 0 && this.random.chance(0.3)) return latestName;
    if (lines > 0 && this.random.chance(0.5)) return this.operation(latestName, this.atom());
    return this.expression();
  }

  private operation(left: Expression, right: Expression): Expression {
    const operator = this.random.pick<Operator>(['+', '+', '-', '-', '*', '//', '%']);
    // Division and remainder are by 2 … 9, so nothing divides by zero.
    if (operator === '//' || operator === '%') {
      return { kind: 'binary', operator, left, right: constant(this.random.integer(2, 9)) };
    }
    return { kind: 'binary', operator, left, right };
  }

  private atom(): Expression {
    return this.random.chance(0.5) ? this.name() : constant(this.random.integer(1, 9));
  }

  private name(): Expression & { kind: 'name' } {
    if (this.inLoop && this.random.chance(0.3)) return { kind: 'name', name: 'i' };
    // Recent names are likelier, so that what was computed is used.
    return { kind: 'name', name: this.random.chance(0.4) ? this.latest : this.random.pick(this.names) };
  }
}

function constant(value: number): Expression {
  return { kind: 'constant', value };
}
