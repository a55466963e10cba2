/** Arguments of level 2: short, of small integers and few letters. */
import type { Random } from '../../random.ts';
import { drawInput } from '../grammar.ts';
import { LETTERS } from './expressions.ts';
import type { Type, Value } from './values.ts';

/** Weights of the lengths 0, 1, 2 … of a list, and of a string. */
const LIST_LENGTHS = [0.04, 0.14, 0.34, 0.3, 0.13, 0.04, 0.01];
const STRING_LENGTHS = [0.03, 0.12, 0.28, 0.3, 0.17, 0.07, 0.03];

/** A random argument of the type. */
export function drawValue(random: Random, type: Type): Value {
  if (type === 'int') return drawInput(random);
  if (type === 'list') return Array.from({ length: random.weighted(LIST_LENGTHS) }, () => drawItem(random));
  return Array.from({ length: random.weighted(STRING_LENGTHS) }, () => drawLetter(random)).join('');
}

/** An argument one small change away: an integer moved, an item changed, added or taken, two exchanged. */
export function drawNear(random: Random, value: Value): Value {
  if (typeof value === 'number') return value + random.integer(-4, 4);
  if (typeof value === 'string') return changed(random, [...value], () => drawLetter(random)).join('');
  if (!Array.isArray(value)) return value;
  return changed(random, value, (item) =>
    item !== undefined && random.chance(0.5) ? item + random.integer(-3, 3) : drawItem(random),
  );
}

function changed<T>(random: Random, items: readonly T[], draw: (item?: T) => T): T[] {
  const next = [...items];
  const at = random.integer(0, Math.max(0, items.length - 1));
  const way = items.length === 0 ? 1 : random.weighted([0.5, 0.2, 0.15, 0.15]);
  if (way === 0) next[at] = draw(next[at]);
  else if (way === 1) next.splice(random.integer(0, items.length), 0, draw());
  else if (way === 2) next.splice(at, 1);
  else next.push(...next.splice(at, 1));
  return next;
}

function drawItem(random: Random): number {
  const roll = random.unit();
  if (roll < 0.78) return random.integer(0, 9);
  return roll < 0.9 ? random.integer(-9, -1) : random.integer(10, 20);
}

function drawLetter(random: Random): string {
  // Few letters, so that they repeat.
  return random.pick([...(random.chance(0.7) ? LETTERS.slice(0, 3) : LETTERS)]);
}
