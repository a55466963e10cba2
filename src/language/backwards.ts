/**
 * Programs run backwards, as far as that goes: from the results, through the last lines, to the input. Where each step
 * can be undone, one thought finds what a search over inputs would need dozens of guesses for.
 */
import { arithmetic } from './interpreter.ts';
import { LARGEST_INTEGER } from './limits.ts';
import type { Expression, GeneratedProgram, Operator, Statement } from './syntax.ts';
import { encode, lineLabel } from './tokenizer.ts';

/**
 * Undoes the program line by line from its last: each value that follows is written as an operation of its own, then under
 * its name (`<3>19 - 4 = 15;y = 15;<2>15 // 3 = 5;x = 5;`). It ends where nothing is known any more or where a
 * name's value before `if` or `for` does not follow. `input` is null where it does not reach the argument.
 */
export function runBackwards(
  { body }: Pick<GeneratedProgram, 'body'>,
  results: readonly number[],
): { thought: number[]; input: number | null } {
  const back = new Backwards();
  for (const statement of [...body].reverse()) {
    back.undo(statement, results);
    if (back.known.size === 0) break;
  }
  return { thought: back.thought, input: back.known.get('x') ?? null };
}

class Backwards {
  readonly thought: number[] = [];
  /** Values of names before the line that was undone last. */
  readonly known = new Map<string, number>();

  undo(statement: Statement, results: readonly number[]): void {
    this.thought.push(lineLabel(statement.line));
    if (statement.kind === 'return') {
      for (const [i, value] of statement.values.entries()) {
        const result = results[i];
        if (result !== undefined) this.solve(value, result);
      }
    } else if (statement.kind === 'assign') {
      const value = this.known.get(statement.name);
      if (value === undefined) return;
      this.known.delete(statement.name);
      this.solve(statement.value, value);
    } else for (const name of assignedIn(statement)) this.known.delete(name);
  }

  /** Finds the one unknown name of an expression from its value, where every operation above it can be undone. */
  private solve(expression: Expression, value: number): void {
    if (unknownNames(expression, this.known).length !== 1) return;
    const steps: number[] = [];
    let [at, wanted] = [expression, value];
    while (at.kind === 'binary') {
      const isLeft = unknownNames(at.left, this.known).length === 1;
      const other = this.valueOf(isLeft ? at.right : at.left, steps);
      const undone = other === null ? null : undoneOperation(at.operator, wanted, other, isLeft);
      if (!undone) return;
      const [left, operator, right] = undone;
      const before = arithmetic(operator, left, right);
      if (Math.abs(before) > LARGEST_INTEGER) return;
      steps.push(...encode(`${left} ${operator} ${right} = ${before};`));
      [at, wanted] = [isLeft ? at.left : at.right, before];
    }
    if (at.kind !== 'name') return;
    this.known.set(at.name, wanted);
    this.thought.push(...steps, ...encode(`${at.name} = ${wanted};`));
  }

  /** The value of an expression of known names; its operations join the steps. Null beyond the range. */
  private valueOf(e: Expression, steps: number[]): number | null {
    if (e.kind === 'constant') return e.value;
    if (e.kind === 'name') return this.known.get(e.name) ?? null;
    if (e.kind === 'abs') {
      const argument = this.valueOf(e.argument, steps);
      if (argument === null) return null;
      steps.push(...encode(`abs(${argument}) = ${Math.abs(argument)};`));
      return Math.abs(argument);
    }
    const left = this.valueOf(e.left, steps);
    const right = this.valueOf(e.right, steps);
    if (left === null || right === null) return null;
    const value = arithmetic(e.operator, left, right);
    if (Math.abs(value) > LARGEST_INTEGER) return null;
    steps.push(...encode(`${left} ${e.operator} ${right} = ${value};`));
    return value;
  }
}

/** The operation that gives the unknown operand from result and other operand; null where it does not follow. */
function undoneOperation(
  operator: Operator,
  result: number,
  other: number,
  isLeft: boolean,
): [number, Operator, number] | null {
  if (operator === '+') return [result, '-', other];
  if (operator === '-') return isLeft ? [result, '+', other] : [other, '-', result];
  if (operator === '*' && other !== 0 && result % other === 0) return [result, '//', other];
  return null;
}

/** Occurrences of names without a known value. */
function unknownNames(e: Expression, known: ReadonlyMap<string, number>): string[] {
  if (e.kind === 'name') return known.has(e.name) ? [] : [e.name];
  if (e.kind === 'abs') return unknownNames(e.argument, known);
  return e.kind === 'binary' ? [...unknownNames(e.left, known), ...unknownNames(e.right, known)] : [];
}

function assignedIn(statement: Statement): string[] {
  if (statement.kind === 'assign') return [statement.name];
  if (statement.kind === 'for') return statement.body.flatMap(assignedIn);
  return statement.kind === 'if' ? [...statement.body, ...statement.orElse].flatMap(assignedIn) : [];
}
