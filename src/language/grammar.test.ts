import { expect, test } from 'vitest';
import { hasPython, inPython } from '../../test/language/nativePython.ts';
import { Random } from '../random.ts';
import { bodyLines, generateInput, generateProgram, linesOfTier, TIERS, tierOfLines } from './grammar.ts';
import { isHeldOut } from './heldOut.ts';
import { run, trace } from './interpreter.ts';
import { render } from './tokenizer.ts';

test.runIf(hasPython)('the interpreter agrees with CPython on programs of every tier', () => {
  const random = new Random(11);
  const cases: { source: string; x: number; output: string }[] = [];
  while (cases.length < 3000) {
    const program = generateProgram(random, TIERS[cases.length % TIERS.length]!);
    const x = generateInput(random, program);
    if (x !== null) cases.push({ source: program.source, x, output: run(program, x)! });
  }
  const script = [
    'import json,sys',
    'out=[]',
    'for c in json.load(sys.stdin):',
    '    ns={}',
    "    exec(c['source'],ns)",
    "    out.append(repr(ns['f'](c['x'])))",
    'print(json.dumps(out))',
  ].join('\n');
  expect(inPython(script, cases)).toEqual(cases.map((c) => c.output));
});

test('tiers count the lines between def and return', () => {
  const random = new Random(2);
  const bounds = {
    1: [0, 1],
    2: [1, 2],
    3: [3, 4],
    4: [5, 6],
    5: [7, 8],
    6: [9, 10],
    7: [11, 12],
    8: [13, 14],
  } as const;
  for (const tier of TIERS) {
    for (let i = 0; i < 200; i++) {
      const lines = generateProgram(random, tier).source.split('\n').length - 2;
      expect(lines).toBeGreaterThanOrEqual(bounds[tier][0]);
      expect(lines).toBeLessThanOrEqual(bounds[tier][1]);
    }
  }
  expect(() => generateProgram(random, 9)).toThrow(/tier 9/);
});

test('behaviours of the held-out class are one in eight, and only where asked for', () => {
  const random = new Random(4);
  for (let i = 0; i < 300; i++) {
    expect(isHeldOut(generateProgram(random, 2).fingerprint)).toBe(false);
    expect(isHeldOut(generateProgram(random, 2, true).fingerprint)).toBe(true);
  }
  const texts = Array.from({ length: 8000 }, (_, i) => `def f(x):\n    return x + ${i}`);
  const share = texts.filter(isHeldOut).length / texts.length;
  expect(share).toBeGreaterThan(0.11);
  expect(share).toBeLessThan(0.14);
});

test('a thought names each executed line, every operation and every assignment', () => {
  const source = [
    'def f(x):',
    '    z = abs(4) - x',
    '    if x < 8:',
    '        x = 1 + z',
    '    return x + x, z',
  ];
  const name = (n: string) => ({ kind: 'name', name: n }) as const;
  const constant = (value: number) => ({ kind: 'constant', value }) as const;
  const add = (
    left: ReturnType<typeof name | typeof constant>,
    right: ReturnType<typeof name | typeof constant>,
  ) => ({ kind: 'binary', operator: '+', left, right }) as const;
  const program = {
    source: source.join('\n'),
    tier: 3,
    fingerprint: '',
    body: [
      {
        kind: 'assign' as const,
        line: 1,
        name: 'z',
        value: {
          kind: 'binary' as const,
          operator: '-' as const,
          left: { kind: 'abs' as const, argument: constant(4) },
          right: name('x'),
        },
      },
      {
        kind: 'if' as const,
        line: 2,
        condition: { operator: '<' as const, left: name('x'), right: constant(8) },
        body: [{ kind: 'assign' as const, line: 3, name: 'x', value: add(constant(1), name('z')) }],
        elseLine: 0,
        orElse: [],
      },
      { kind: 'return' as const, line: 4, values: [add(name('x'), name('x')), name('z')] },
    ],
  };
  const traced = trace(program, 5)!;
  expect(render(traced.thought)).toBe(
    'x = 5;<1>abs(4) = 4;4 - 5 = -1;z = -1;<2>5 < 8 = True;<3>1 + -1 = 0;x = 0;<4>0 + 0 = 0;-1;',
  );
  expect(traced.output).toBe('(0, -1)');
});

test('the lines of a program are those of its tier, and its tier is that of its lines', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 14, 15, 40].map(tierOfLines)).toEqual([
    1, 1, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 8, 9, 9,
  ]);
  const random = new Random(6);
  for (const tier of TIERS) {
    const [least, most] = linesOfTier(tier);
    const lines = bodyLines(generateProgram(random, tier).source);
    expect(lines).toBeGreaterThanOrEqual(least);
    expect(lines).toBeLessThanOrEqual(most);
    expect(tierOfLines(most)).toBe(tier);
  }
  expect(bodyLines('def f(x): return x')).toBe(0);
});
