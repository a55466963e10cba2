/**
 * The thought that finds a straight line through examples: from two of them the slope and the intercept, then a check on
 * each of the others, for one returned value after another. Half of what programs of one line do is linear in x, and a
 * tenth of what programs of six lines do; a guess at a whole program finds one in fifty.
 */
import { LARGEST_INTEGER } from '../language/limits.ts';
import { parseArguments } from '../language/literal.ts';
import { encode } from '../language/tokenizer.ts';
import type { Example } from './kind.ts';

/** A point of a function of one integer. */
interface Point {
  x: number;
  ys: readonly number[];
}

/**
 * The thought, one operation a step as in the traces of programs, and the program that it arrives at: null where a check
 * fails, which the thought then ends on. Null altogether where the examples are no such points or a value on the way
 * leaves the range of the language.
 */
export function fitLine(examples: readonly Example[]): { thought: number[]; program: string | null } | null {
  const points = examples.flatMap((example) => pointOf(example) ?? []);
  const [first, second, ...others] = points;
  if (points.length < examples.length || !first || !second || others.length === 0) return null;
  if (points.some(({ ys }) => ys.length !== first.ys.length) || first.x === second.x) return null;
  const work = new Work();
  const results: string[] = [];
  for (const k of first.ys.keys()) {
    const line = work.line(first, second, others, k);
    if (work.isBeyond) return null;
    if (!line) return { thought: work.tokens, program: null };
    results.push(lineText(line));
  }
  return { thought: work.tokens, program: `def f(x):\n    return ${results.join(', ')}` };
}

class Work {
  readonly tokens: number[] = [];
  /** Whether a value has left the range. */
  isBeyond = false;

  line(
    first: Point,
    second: Point,
    others: readonly Point[],
    k: number,
  ): { slope: number; intercept: number } | null {
    const rise = this.step(second.ys[k]!, '-', first.ys[k]!);
    const run = this.step(second.x, '-', first.x);
    const rest = this.step(rise, '%', run);
    if (!this.holds(rest, 0)) return null;
    const slope = this.step(rise, '//', run);
    const intercept = this.step(first.ys[k]!, '-', this.step(slope, '*', first.x));
    for (const { x, ys } of others) {
      if (!this.holds(this.step(this.step(slope, '*', x), '+', intercept), ys[k]!)) return null;
    }
    return { slope, intercept };
  }

  private step(left: number, operator: '+' | '-' | '*' | '//' | '%', right: number): number {
    const value = VALUE[operator](left, right);
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

/** Python's arithmetic; `+ 0` turns −0 into 0. */
const VALUE = {
  '+': (a: number, b: number) => a + b,
  '-': (a: number, b: number) => a - b,
  '*': (a: number, b: number) => a * b + 0,
  '//': (a: number, b: number) => Math.floor(a / b) + 0,
  '%': (a: number, b: number) => a - Math.floor(a / b) * b + 0,
};

function pointOf({ input, output }: Example): Point | null {
  const [x] = integers(input) ?? [];
  const ys = integers(output);
  return x === undefined || !ys || ys.length === 0 ? null : { x, ys };
}

/** The integer of a text, or those of a tuple; null for anything else. */
function integers(text: string): number[] | null {
  const parsed = parseArguments(text);
  if (!parsed.ok || parsed.value.length !== 1) return null;
  const [value] = parsed.value;
  const items = value?.type === 'tuple' ? value.items : [value];
  const numbers = items.map((item) => (item?.type === 'int' ? Number(item.value) : Number.NaN));
  return numbers.every(Number.isSafeInteger) ? numbers : null;
}

/** `2 * x + 3` and its like, without what says nothing. */
function lineText({ slope, intercept }: { slope: number; intercept: number }): string {
  if (slope === 0) return String(intercept);
  const size = Math.abs(slope);
  const term = size === 1 ? 'x' : `${size} * x`;
  if (slope < 0) return `${intercept} - ${term}`;
  if (intercept === 0) return term;
  return intercept > 0 ? `${term} + ${intercept}` : `${term} - ${-intercept}`;
}
