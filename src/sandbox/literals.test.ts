/**
 * Our parser of literals against `ast.literal_eval` of the very Python that judges, on texts of every kind:
 * what ours accepts, Python accepts and means the same; what Python writes, ours reads; and where Python accepts
 * more, it is for one of a closed list of reasons.
 */
import fc from 'fast-check';
import { loadPyodide } from 'pyodide';
import { beforeAll, expect, test } from 'vitest';
import { scaled } from '../../test/scale.ts';
import { canonical, canonicalText, parseArguments, parseLiteral } from '../language/literal.ts';
import { createNodeSandbox } from './node.ts';

/** Texts of each kind. */
const TEXTS = scaled(12_000, 1_500);

/** For each text: the repr of what literal_eval makes of it, the types in it, and what is special; or null. */
const EVALUATE = `
import ast, json, math, warnings
warnings.simplefilter('ignore')

def special(value, text, tree):
    kinds = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Set): kinds.add('set')
        elif isinstance(node, ast.Call): kinds.add('set')
        elif isinstance(node, ast.BinOp): kinds.add('complex')
        elif isinstance(node, ast.UnaryOp):
            kinds.add('sign')
        elif isinstance(node, ast.Dict):
            if len(ast.literal_eval(node)) < len(node.keys): kinds.add('key twice')
        elif isinstance(node, ast.Constant):
            if isinstance(node.value, bytes): kinds.add('bytes')
            elif isinstance(node.value, complex): kinds.add('complex')
            elif node.value is ...: kinds.add('ellipsis')
            elif isinstance(node.value, float) and not math.isfinite(node.value): kinds.add('float out of range')
            elif isinstance(node.value, int) and abs(node.value) >= 10 ** 100: kinds.add('long integer')
    return sorted(kinds)

def depth(node):
    return 1 + max((depth(child) for child in ast.iter_child_nodes(node)), default=0)

def evaluate(text):
    try:
        tree = ast.parse(text.lstrip(' \\t'), mode='eval')
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None
    return [repr(value), special(value, text, tree), depth(tree)]

json.dumps([evaluate(text) for text in json.loads(TEXTS)])
`;

type Evaluated = [repr: string, special: string[], depth: number] | null;
let evaluate: (texts: readonly string[]) => Evaluated[];

beforeAll(async () => {
  const python = await loadPyodide();
  evaluate = (texts) => {
    python.globals.set('TEXTS', JSON.stringify(texts));
    return JSON.parse(python.runPython(EVALUATE) as string) as Evaluated[];
  };
});

const space = fc.constantFrom('', '', '', ' ', '  ');
const integer = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }).map(String);
const float = fc
  .double({ noNaN: true, noDefaultInfinity: true })
  .chain((value) =>
    fc.constantFrom(
      ...(Number.isInteger(value) && Math.abs(value) < 1e15
        ? [`${value}.0`, `${value}.`, `${value}e0`]
        : [String(value).replace('e+', 'e'), value.toExponential()]),
    ),
  );
const character = fc.oneof(
  fc.string({ unit: 'grapheme-ascii', maxLength: 1 }),
  fc.constantFrom(
    'é',
    '\u00ad',
    '\u{1f600}',
    '\u2028',
    '\x7f',
    '\\n',
    '\\\\',
    '\\x41',
    '\\u00e9',
    "\\'",
    '\\"',
    '\\t',
  ),
);
const string = fc
  .tuple(fc.array(character, { maxLength: 8 }), fc.constantFrom("'", '"'))
  .map(([characters, quote]) => quote + characters.filter((c) => c !== quote && c !== '\\').join('') + quote);
const atom = fc.oneof(
  integer,
  float,
  string,
  fc.constantFrom('True', 'False', 'None', '0', '-0', '-0.0', '1e999'),
);

const literal: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => {
  const items = fc.array(
    fc.tuple(space, tie('value'), space).map((parts) => parts.join('')),
    { maxLength: 4 },
  );
  const trailing = fc.constantFrom('', ',', ' ,');
  const inside = (open: string, close: string) =>
    fc
      .tuple(items, trailing)
      .map(([each, comma]) => open + each.join(',') + (each.length > 0 ? comma : '') + close);
  const pair = fc
    .tuple(tie('value'), space, tie('value'))
    .map(([key, gap, value]) => `${key}:${gap}${value}`);
  return {
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      atom,
      inside('[', ']'),
      inside('(', ')'),
      fc.array(pair, { maxLength: 3 }).map((pairs) => `{${pairs.join(', ')}}`),
    ),
  };
}).value;

/** A literal with something changed in it: a character taken out, put in, or doubled. */
const damaged = fc
  .tuple(
    literal,
    fc.nat(),
    fc.constantFrom(...'0123456789-+.eEjJxob_\'"\\[](){},: Trufb'),
    fc.constantFrom('out', 'in', 'twice'),
  )
  .map(([text, place, inserted, how]) => {
    const at = place % Math.max(text.length, 1);
    if (how === 'out') return text.slice(0, at) + text.slice(at + 1);
    return text.slice(0, at) + (how === 'in' ? inserted : text.charAt(at)) + text.slice(at);
  });
const soup = fc.string({
  unit: fc.constantFrom(...'0123456789-+.eEjx_\'"\\[](){},: TrueFalsNonb'),
  maxLength: 12,
});

/** Why ours may refuse what Python accepts. */
const REASONS: readonly [
  name: string,
  applies: (text: string, evaluated: NonNullable<Evaluated>) => boolean,
][] = [
  [
    'values that no task has: sets, bytes, complex numbers, an ellipsis',
    (_, [, special]) => special.some((kind) => ['set', 'bytes', 'complex', 'ellipsis'].includes(kind)),
  ],
  [
    'numbers beyond their bounds',
    (_, [, special]) => special.includes('float out of range') || special.includes('long integer'),
  ],
  ['several values without brackets around them', (text) => parseArguments(text.replace(/,\s*$/, '')).ok],
  ['a key given twice', (_, [, special]) => special.includes('key twice')],
  [
    'signs other than one minus before a number',
    (text, [, special]) => special.includes('sign') && /[-+]\s*[-+(]|\+|-\s/.test(text),
  ],
  [
    'other ways to write a number: underscores, 0x, 0o, 0b, 1E5, .5',
    (text) => /\d_\d|\b0_?[xXoObB]|\dE|(^|[^\d])\.\d|\d\.(?!\d)/.test(text),
  ],
  ['texts side by side, prefixed, or of three quotes', (text) => /['"]\s*['"]|\b[rRuUfF]+['"]/.test(text)],
  ['escapes beyond the common ones', (text) => text.includes('\\')],
  ['a line or a tab outside of a text', (text) => /[\n\t\r\f]/.test(text)],
  ['deep nesting', (_, [, , depth]) => depth > 20],
];

test.each([
  ['literals in any style', literal],
  ['damaged literals', damaged],
  ['soups', soup],
])('%s', (_, arbitrary) => {
  const texts = [...new Set(fc.sample(arbitrary, { numRuns: TEXTS, seed: 7 }))];
  const evaluated = evaluate(texts);
  const wrong: unknown[] = [];
  let accepted = 0;
  texts.forEach((text, i) => {
    const theirs = evaluated[i] ?? null;
    const ours = parseLiteral(text);
    if (ours.ok) {
      accepted++;
      if (canonical(ours.value) !== theirs?.[0])
        wrong.push({ text, ours: canonical(ours.value), theirs: theirs?.[0] });
    } else if (theirs && !REASONS.some(([, applies]) => applies(text, theirs))) {
      wrong.push({ text, ours: ours.error, theirs: theirs[0] });
    }
    // What Python writes, ours reads, and writes alike.
    const [repr, special, depth] = theirs ?? ['', ['set'], 0];
    if (
      special.every((kind) => kind === 'sign' || kind === 'key twice') &&
      depth <= 20 &&
      canonicalText(repr) !== repr
    ) {
      wrong.push({ repr, ours: canonicalText(repr) });
    }
  });
  expect(wrong.slice(0, 20)).toEqual([]);
  expect(accepted).toBeGreaterThan(TEXTS / 120);
});

test('arguments are literals with commas between them', () => {
  const texts = fc.sample(fc.array(literal, { minLength: 1, maxLength: 3 }), {
    numRuns: scaled(2_000, 300),
    seed: 8,
  });
  const joined = texts.map((parts) => parts.join(', '));
  // A call with one argument more, so that the tuple is one.
  const evaluated = evaluate(joined.map((text) => `(${text}, 0)`));
  joined.forEach((text, i) => {
    const parsed = parseArguments(text);
    if (!parsed.ok) return;
    expect(`(${[...parsed.value.map(canonical), '0'].join(', ')})`, text).toBe(evaluated[i]?.[0]);
  });
});

test('what ours accepts as arguments, the sandbox accepts and reads alike', async () => {
  const drawn = fc.sample(fc.array(fc.oneof(literal, damaged), { maxLength: 3 }), {
    numRuns: TEXTS,
    seed: 9,
  });
  const texts = [...new Set(drawn.map((parts) => parts.join(',')))].filter((text) => parseArguments(text).ok);
  const sandbox = await createNodeSandbox({ timeoutMs: 60_000 });
  const program = 'def f(*x):\n return x';
  const results = await sandbox.run(texts.map((text) => ({ program, inputs: [text], runs: 1 })));
  sandbox.close();
  const expected = texts.map((text) => {
    const parsed = parseArguments(text);
    return parsed.ok ? canonical({ type: 'tuple', items: parsed.value }) : '';
  });
  const wrong = results.flatMap(({ outcomes: [outcome] }, i) =>
    outcome?.ok && outcome.output === expected[i] ? [] : [{ text: texts[i], outcome }],
  );
  expect(wrong.slice(0, 20)).toEqual([]);
  expect(texts.length).toBeGreaterThan(TEXTS / 8);
});
