/** Fixed inputs on which every program is run once: they tell what it does, whatever its text. */
import { canonical, parseArguments, type Value } from './literal.ts';

const INTEGERS = ['-7', '-3', '-1', '0', '1', '2', '3', '5', '8', '12', '20', '47'];
const STRINGS = ['', 'a', 'b', 'ab', 'ba', 'abc', 'hello', 'aab', ' ', 'a b', 'Kelvin', '7'].map(
  (text) => `'${text}'`,
);
const ITEMS: Record<'int' | 'str', string[]> = {
  int: [
    '',
    '0',
    '1',
    '2, 1',
    '1, 2',
    '3, 1, 2',
    '5, 5',
    '-4, 7',
    '1, 2, 3, 4',
    '9, 0, 9',
    '-1',
    '8, 6, 7, 5',
  ],
  str: ["''", "'a'", "'b', 'a'", "'a', 'b'", "'abc', 'de'", "'x', 'x'", "'hello'", "'c', 'b', 'a'"],
};
const FLOATS = ['-2.5', '-1.0', '0.0', '0.5', '1.0', '1.5', '3.0', '7.25'];
const DICTS = ['{}', "{'a': 1}", "{'a': 2, 'b': 1}", "{'b': 1, 'a': 2}", "{'x': 0}", "{'a': -3, 'c': 5}"];

/** How far the lists of neighbouring arguments are shifted against each other, so that arguments differ. */
const SHIFT = 5;
const VARIATIONS = 4;

export interface Probes {
  /** Argument types, e.g. `int` or `int, list`; behaviours are compared within one signature. */
  signature: string;
  /** Argument texts that make up the behaviour. */
  inputs: string[];
  /** Per argument, groups of inputs that differ in that argument alone; for two arguments and more. */
  variations: string[][][];
}

/** Probes for programs that take arguments like those of `input`; no inputs when there are no arguments. */
export function probesFor(input: string): Probes {
  const parsed = parseArguments(input);
  const values = parsed.ok ? parsed.value : [];
  const lists = values.map(probeTexts);
  const length = Math.max(0, ...lists.map((list) => list.length));
  const rows = Array.from({ length: values.length === 0 ? 0 : length }, (_, row) =>
    lists.map((list, argument) => list[(row + SHIFT * argument) % list.length] as string),
  );
  const bases = [values.map(canonical), ...rows.filter((_, row) => row % VARIATIONS === 1)];
  const variations =
    values.length < 2
      ? []
      : lists.map((list, argument) =>
          bases.map((base) =>
            Array.from({ length: VARIATIONS }, (_, k) => {
              const varied = list[(k * 3 + 1) % list.length] as string;
              return base.map((text, i) => (i === argument ? varied : text)).join(', ');
            }),
          ),
        );
  return {
    signature: values.map(({ type }) => type).join(', '),
    inputs: rows.map((row) => row.join(', ')),
    variations,
  };
}

function probeTexts(value: Value): string[] {
  switch (value.type) {
    case 'int':
      return INTEGERS;
    case 'float':
      return FLOATS;
    case 'bool':
      return ['True', 'False'];
    case 'str':
      return STRINGS;
    case 'list':
      return itemTexts(value.items).map((items) => `[${items}]`);
    case 'tuple':
      return itemTexts(value.items).map(
        (items) => `(${items}${items.length > 0 && !items.includes(',') ? ',' : ''})`,
      );
    case 'dict':
      return DICTS;
    case 'none':
      return ['None'];
  }
}

function itemTexts(items: readonly Value[]): string[] {
  return items[0]?.type === 'str' ? ITEMS.str : ITEMS.int;
}

/** Longest result that is written out in a fingerprint; longer ones are told apart by length and ends. */
const LONGEST_KEY = 40;

/** A result as it stands in a fingerprint; `!` and the reason stand for a program that failed. */
export function resultKey(output: string): string {
  if (output.length <= LONGEST_KEY) return output;
  return `${output.slice(0, LONGEST_KEY / 2)}…${output.length}…${output.slice(-LONGEST_KEY / 2)}`;
}

/** What a program does: its results on the probes of its signature. Programs that act alike have equal keys. */
export function fingerprintKey(signature: string, results: readonly string[]): string {
  return `${signature}: ${results.join(' | ')}`;
}
