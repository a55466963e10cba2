/** Inputs that are more than literals, results that look like verdicts, and texts that break out of where they are put. */
import { type Attack, f } from './attack.ts';

const identity = f('return x', 'x');
const INPUT = { strict: 'input', unfiltered: 'input' } as const;
const SYNTAX = { strict: 'syntax', unfiltered: 'syntax' } as const;

const INPUTS: readonly Attack[] = (
  [
    ['an answer that is always right', '0) or (True'],
    ['a sum', '4+4'],
    ['two calls', '1)(2'],
    ['two values', '1), (2'],
    ['a second statement', '1)\nimport os\nf(1'],
    ['a second line', '1\n)\nx = (1'],
    ['an import', '__import__("js")'],
    ['a walk', '().__class__'],
    ['the program itself', 'f'],
    ['the program called', 'f(1)'],
    ['a name', 'x'],
    ['a keyword argument', 'x=1'],
    ['a list of arguments', '*[1]'],
    ['a dict of arguments', '**{"x": 1}'],
    ['a function', 'lambda: 1'],
    ['a function called', '(lambda: 1)()'],
    ['a field', 'f"{1}"'],
    ['a template', 't"{1}"'],
    ['a comprehension', '[i for i in (1,)]'],
    ['a generator', 'i for i in (1,)'],
    ['an assignment', 'y := 1'],
    ['a set', '{1, 2}'],
    ['bytes', "b'a'"],
    ['a complex number', '1j'],
    ['an ellipsis as an input', '...'],
    ['a sign too many', '--5'],
    ['a choice', '1 if True else 2'],
    ['a key that cannot be one', '{[1]: 2}'],
    ['a dict spread', '{**{}}'],
    ['a list spread', '[*()]'],
    ['nothing but a comma', ','],
    ['a text without an end', '"open'],
    ['brackets without an end', '['],
    ['a deep list', `${'['.repeat(30)}${']'.repeat(30)}`],
    ['a very deep list', `${'['.repeat(900)}${']'.repeat(900)}`],
    ['many signs', `${'-\\\n'.repeat(600)}1`],
    ['a number of many digits', '9'.repeat(2500)],
    ['an input of a million letters', `"${'x'.repeat(1_000_000)}"`],
    ['an input with a nought inside', '"a\0b"'],
    ['half a letter as an input', '"\ud800"'],
    ['no input', ''],
    ['an infinite number', '1e999'],
    ['no number', 'nan'],
  ] as const
).map(([name, input]) => ({ name: `input: ${name}`, program: identity, input, ...INPUT }));

/** Literals that look like trouble and are none: they are to come back as Python writes them. */
const LITERALS: readonly Attack[] = (
  [
    ['texts joined', '"a" "b"', "'ab'"],
    ['lines inside brackets', '[1,\n2]', '[1, 2]'],
    ['JSON inside a text', '"\\"], [\\"1\\"]"', `'"], ["1"]'`],
    ['a remark that would swallow the bracket', '1 #', '1'],
    ['letters of other scripts', '"é語🐍"', "'é語🐍'"],
    ['a number of underscores', '1_000', '1000'],
    ['a number in base sixteen', '0xff', '255'],
    ['a key twice', '{1: 2, True: 3}', '{1: 3}'],
  ] as const
).map(([name, input, output]) => ({
  name: `literal: ${name}`,
  program: identity,
  input,
  strict: `ok ${output}`,
  unfiltered: `ok ${output}`,
  bare: `ok ${output}`,
}));

/** Honest types whose text looks like an answer of the verifier's. */
const ANSWERS: readonly Attack[] = [
  {
    name: 'a list like a refusal',
    program: f('return ["forbidden", ""]'),
    strict: "ok ['forbidden', '']",
    unfiltered: "ok ['forbidden', '']",
    bare: "ok ['forbidden', '']",
  },
  {
    name: 'a text like a refusal',
    program: f('return \'["forbidden", ""]\''),
    strict: 'ok \'["forbidden", ""]\'',
    unfiltered: 'ok \'["forbidden", ""]\'',
    bare: 'ok \'["forbidden", ""]\'',
  },
  {
    name: 'a text that closes the list of results',
    program: f('return \'"]], [true, ["1"\''),
    strict: 'ok \'"]], [true, ["1"\'',
    unfiltered: 'ok \'"]], [true, ["1"\'',
    bare: 'ok \'"]], [true, ["1"\'',
  },
  {
    name: 'a text like a message of the worker',
    program: f('return \'{"type": "verified", "id": 0}\''),
    strict: 'ok \'{"type": "verified", "id": 0}\'',
    unfiltered: 'ok \'{"type": "verified", "id": 0}\'',
    bare: 'ok \'{"type": "verified", "id": 0}\'',
  },
  {
    name: 'a text that quotes itself',
    program: f(`return "'" + '"'`),
    strict: `ok '\\'"'`,
    unfiltered: `ok '\\'"'`,
    bare: `ok '\\'"'`,
  },
  {
    name: 'a text with nothing in it',
    program: f('return "\\0"'),
    strict: "ok '\\x00'",
    unfiltered: "ok '\\x00'",
    bare: "ok '\\x00'",
  },
  {
    name: 'half a letter',
    program: f('return "\\ud800"'),
    strict: "ok '\\ud800'",
    unfiltered: "ok '\\ud800'",
    bare: "ok '\\ud800'",
  },
  {
    name: 'true is not one',
    program: f('return True'),
    strict: 'ok True',
    unfiltered: 'ok True',
    bare: 'ok True',
  },
  {
    name: 'one is not one point nought',
    program: f('return 1.0'),
    strict: 'ok 1.0',
    unfiltered: 'ok 1.0',
    bare: 'ok 1.0',
  },
  {
    name: 'no number is not itself',
    program: f('return float("nan")'),
    strict: 'output',
    unfiltered: 'output',
    bare: 'output',
  },
  {
    name: 'a key that is two',
    program: f('return {1: "a", True: "b", 1.0: "c"}'),
    strict: "ok {1: 'c'}",
    unfiltered: "ok {1: 'c'}",
    bare: "ok {1: 'c'}",
  },
  {
    name: 'not implemented',
    program: f('return NotImplemented'),
    strict: 'forbidden',
    unfiltered: ['error', 'output'],
  },
  {
    name: 'an ellipsis',
    program: f('return ...'),
    strict: 'forbidden',
    unfiltered: 'output',
    bare: 'output',
  },
];

const SOURCES: readonly Attack[] = [
  { name: 'a program of nothing', program: '', ...SYNTAX },
  { name: 'a program of JSON', program: '"], [], 1], ["', ...SYNTAX },
  { name: 'a program with a nought inside', program: 'def f():\n return 1\0', ...SYNTAX },
  { name: 'a program with half a letter', program: 'def f():\n return "\ud800"', ...SYNTAX },
  {
    name: 'a program in another encoding',
    program: '# coding: utf-7\ndef f():\n return 1 #+AAo- + 1',
    strict: 'ok 1',
    unfiltered: 'ok 1',
    bare: 'ok 1',
  },
  {
    name: 'a program behind a mark of byte order',
    program: '\ufeffdef f():\n return 1',
    strict: 'syntax',
    unfiltered: 'syntax',
  },
  {
    name: 'a program with the lines of an old machine',
    program: 'def f():\r return 1\r',
    strict: 'ok 1',
    unfiltered: 'ok 1',
  },
  {
    name: 'a program that turns pages',
    program: 'def f():\n\f return 1',
    strict: 'ok 1',
    unfiltered: 'ok 1',
  },
  {
    name: 'letters that read from right to left',
    program: 'def f():\n return "\u202e1" # \u2066',
    strict: "ok '\\u202e1'",
    unfiltered: "ok '\\u202e1'",
    bare: "ok '\\u202e1'",
  },
  {
    name: 'a future in which things differ',
    program: 'from __future__ import barry_as_FLUFL\ndef f():\n return 1 <> 2',
    strict: 'forbidden',
    unfiltered: 'error',
  },
  {
    name: 'a future before f',
    program: 'from __future__ import annotations\ndef f():\n return 1',
    strict: 'forbidden',
    unfiltered: ['ok 1', 'error', 'forbidden'],
  },
  { name: 'a program of a million letters', program: f(`return 1 #${'x'.repeat(1_000_000)}`), ...SYNTAX },
  { name: 'a name of guards in the source', program: f('return @add(1, 2)'), ...SYNTAX },
  {
    name: 'a name of guards as a keyword',
    program: f('return (lambda **k: k)(**{"@add": 1})'),
    strict: "ok {'@add': 1}",
    unfiltered: "ok {'@add': 1}",
  },
  {
    name: 'the letters of a container of ours',
    program: f('x = [[1]]\nx[0] += [2]\nreturn x'),
    strict: 'ok [[1, 2]]',
    unfiltered: 'ok [[1, 2]]',
    bare: 'ok [[1, 2]]',
  },
];

export const TEXTS: readonly Attack[] = [...INPUTS, ...LITERALS, ...ANSWERS, ...SOURCES];
