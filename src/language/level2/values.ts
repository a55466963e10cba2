/** Values of level 2 and what Python does with them: integers, short lists of integers, short strings, truth values. */
import { canonical, type Value as Literal, parseArguments } from '../literal.ts';

export type Value = number | string | boolean | number[];

/** Types of arguments and variables; truth values are only tested or returned. */
export type Type = 'int' | 'list' | 'str';

/** Small values, so that thoughts stay short: a run that leaves these bounds is not used. */
const LARGEST_INTEGER = 99;
const LONGEST_LIST = 8;
const LONGEST_STRING = 10;

/** True when the value belongs to the level. */
export function isSmall(value: Value): boolean {
  if (typeof value === 'number') return Math.abs(value) <= LARGEST_INTEGER;
  if (typeof value === 'string') return value.length <= LONGEST_STRING;
  return typeof value === 'boolean' || (value.length <= LONGEST_LIST && value.every(isSmall));
}

/** Python's `repr`. */
export function textOf(value: Value): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return canonical({ type: 'str', value });
  return `[${value.join(', ')}]`;
}

/** The one argument that a text holds, or null when it is not a single value of this level's types. */
export function readValue(text: string): Value | null {
  const parsed = parseArguments(text);
  return parsed.ok && parsed.value.length === 1 ? fromLiteral(parsed.value[0] as Literal) : null;
}

function fromLiteral(literal: Literal): Value | null {
  switch (literal.type) {
    case 'int': {
      const value = Number(literal.value);
      return Number.isSafeInteger(value) ? value : null;
    }
    case 'str':
    case 'bool':
      return literal.value;
    case 'list': {
      const items = literal.items.map(fromLiteral);
      return items.every((item) => typeof item === 'number') ? items : null;
    }
    default:
      return null;
  }
}

export function typeOf(value: Value): Type | 'bool' {
  if (typeof value === 'number') return 'int';
  if (typeof value === 'string') return 'str';
  return typeof value === 'boolean' ? 'bool' : 'list';
}

/** How far two values lie apart: the difference of integers, and for sequences that of items, place by place. */
export function distance(a: Value, b: Value): number {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b);
  if (typeof a === 'boolean' || typeof b === 'boolean') return a === b ? 0 : 1;
  if (typeof a === 'number' || typeof b === 'number' || typeof a !== typeof b) return MISSING_ITEM;
  const [p, q] = [[...a], [...b]];
  let sum = 0;
  for (let i = 0; i < Math.max(p.length, q.length); i++) {
    const [left, right] = [p[i], q[i]];
    if (left === undefined || right === undefined) sum += MISSING_ITEM;
    else if (typeof left === 'number' && typeof right === 'number')
      sum += Math.min(MISSING_ITEM, Math.abs(left - right));
    else sum += left === right ? 0 : 1;
  }
  return sum;
}

/** A length that is wrong by one weighs as much as an item that is wrong by this. */
const MISSING_ITEM = 10;
