/**
 * The tokens of the task language. Order is part of every checkpoint.
 *
 * Any printable-ASCII Python program can be written (one token per character is the fall-back), common
 * programs are short (one token per lexeme and per integer −99 … 99), and every newline carries its line number,
 * so that a thought can name the line that runs next.
 */

import { LARGEST_INTEGER } from './limits.ts';

/** Tokens that stand for no text. */
export const SPECIAL = {
  pad: 0,
  eos: 1,
  solveDeduction: 2,
  solveAbduction: 3,
  solveInduction: 4,
  proposeDeduction: 5,
  proposeAbduction: 6,
  proposeInduction: 7,
  input: 8,
  output: 9,
  think: 10,
  answer: 11,
  reference: 12,
  program: 13,
  /** Proposals of error deduction. */
  proposeError: 14,
  /** Error deduction. */
  solveError: 15,
  /** The arithmetic suite. */
  solveArithmetic: 16,
} as const;

const SPECIAL_NAMES = [
  '<pad>',
  '<eos>',
  '<solve:ded>',
  '<solve:abd>',
  '<solve:ind>',
  '<propose:ded>',
  '<propose:abd>',
  '<propose:ind>',
  '<in>',
  '<out>',
  '<think>',
  '<ans>',
  '<ref>',
  '<prog>',
  '<propose:err>',
  '<solve:err>',
  '<solve:math>',
];

/** Line labels `<1>` … `<32>`; a newline beyond the 32nd is written as `<32>`. */
export const LINE_LABELS = 32;
export const FIRST_LINE_LABEL = SPECIAL_NAMES.length;
/**
 * Integers −99 … 99, one token each, come first of the tokens that stand for their own text. A minus sign of its own
 * would gather the probability of all negative numbers: the likeliest first guess would then nearly always be one.
 */
export const FIRST_INTEGER = FIRST_LINE_LABEL + LINE_LABELS;
/** Token of 0. */
export const ZERO = FIRST_INTEGER + LARGEST_INTEGER;

/** Printable ASCII that is not a digit (digits are the integers 0–9). */
const CHARACTERS = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).filter(
  (c) => c < '0' || c > '9',
);

const LEXEMES = [
  'def f(x):',
  'def f(',
  '):',
  'return ',
  'if ',
  'elif ',
  'else:',
  'for i in range(',
  'for ',
  ' in ',
  'range(',
  'while ',
  'abs(',
  'len(',
  'max(',
  'min(',
  'sum(',
  'sorted(',
  'str(',
  'int(',
  'list(',
  '.append(',
  '[::-1]',
  ' + ',
  ' - ',
  ' * ',
  ' // ',
  ' % ',
  ' = ',
  ' += ',
  ' == ',
  ' != ',
  ' < ',
  ' > ',
  ' <= ',
  ' >= ',
  ' and ',
  ' or ',
  'not ',
  ' if ',
  ' else ',
  ', ',
  '; ',
  '    ',
  '        ',
  '            ',
  'True',
  'False',
  'None',
  'def ',
  "''",
  '[]',
  'pass',
  ' ** ',
];

/** Text of every token; special tokens and line labels show their name in angle brackets. */
export const VOCABULARY: readonly string[] = [
  ...SPECIAL_NAMES,
  ...Array.from({ length: LINE_LABELS }, (_, i) => `<${i + 1}>`),
  ...Array.from({ length: 2 * LARGEST_INTEGER + 1 }, (_, i) => String(i - LARGEST_INTEGER)),
  ...CHARACTERS,
  ...LEXEMES,
];

export const VOCABULARY_SIZE = VOCABULARY.length;
