import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasPython, inPython } from '../../../test/language/nativePython.ts';
import { Random } from '../../random.ts';
import { linesOfTier, TIERS } from '../grammar.ts';
import { isHeldOut } from '../heldOut.ts';
import { type LevelProgram, levelOf } from '../level.ts';
import { canonicalText } from '../literal.ts';
import { fingerprintKey, probesFor, resultKey } from '../probes.ts';
import { decode, encode, render } from '../tokenizer.ts';
import { isSmall, readValue } from './values.ts';

const level = levelOf(2);

interface Case {
  program: LevelProgram;
  inputs: string[];
  outputs: string[];
}

/** Programs of all tiers in turn, each with a few inputs. */
function cases(random: Random, count: number): Case[] {
  return Array.from({ length: count }, (_, i) => {
    const program = level.generate(random, TIERS[i % TIERS.length]!, i % 5 === 0);
    const drawn = [0, 1, 2].map(() => program.input(random)).filter((input) => input !== null);
    const inputs = [...drawn, ...drawn.map((input) => program.guess(random, input))];
    const kept = inputs.filter((input) => program.run(input) !== null);
    return { program, inputs: kept, outputs: kept.map((input) => program.run(input)!) };
  });
}

/** What CPython gives for every input of every program: `repr` of the result, or `!error`. */
function runNatively(tasks: { source: string; inputs: readonly string[] }[]): string[][] {
  const script = [
    'import ast,json,sys',
    'def results(task):',
    '    ns={}',
    "    exec(task['source'],ns)",
    '    out=[]',
    "    for text in task['inputs']:",
    '        try:',
    "            out.append(repr(ns['f'](ast.literal_eval(text))))",
    '        except Exception:',
    "            out.append('!error')",
    '    return out',
    'print(json.dumps([results(task) for task in json.load(sys.stdin)]))',
  ].join('\n');
  return inPython(script, tasks);
}

describe.runIf(hasPython)('against CPython', { timeout: 120_000 }, () => {
  const all = cases(new Random(11), 3600);

  test('outputs agree on programs of every tier', () => {
    const native = runNatively(all.map(({ program, inputs }) => ({ source: program.source, inputs })));
    expect(all.reduce((sum, { inputs }) => sum + inputs.length, 0)).toBeGreaterThan(8000);
    const wrong = all.filter(({ outputs }, i) => outputs.join() !== native[i]!.join());
    expect(wrong.map(({ program, inputs }) => [program.source, inputs])).toEqual([]);
  });

  test('behaviours are the keys that the verifier makes of CPython’s results on the probes', () => {
    const probes = all.map(({ program }) => {
      const type = program.fingerprint.split(':')[0];
      return probesFor(type === 'int' ? '0' : type === 'list' ? '[]' : "''");
    });
    const native = runNatively(
      all.map(({ program }, i) => ({ source: program.source, inputs: probes[i]!.inputs })),
    );
    const keys = native.map((results, i) => fingerprintKey(probes[i]!.signature, results.map(resultKey)));
    expect(all.map(({ program }) => program.fingerprint)).toEqual(keys);
  });

  test('mutants act otherwise, in CPython as here, and leave their original alone', () => {
    const random = new Random(12);
    let found = 0;
    const mutants = Array.from({ length: 800 }, (_, i) => {
      const program = level.generate(random, 1 + (i % 4));
      const { source } = program;
      const mutant = program.mutant(random);
      const inputs = mutant ? [0, 1].map(() => mutant.input(random)).filter((input) => input !== null) : [];
      expect(program.source).toBe(source);
      if (mutant) {
        found++;
        expect(mutant.fingerprint).not.toBe(program.fingerprint);
        expect(isHeldOut(mutant.fingerprint)).toBe(false);
        expect(mutant.source.split('\n').length).toBe(source.split('\n').length);
      }
      return { source: mutant?.source ?? source, inputs, outputs: inputs.map((input) => mutant?.run(input)) };
    });
    expect(found).toBeGreaterThan(600);
    const native = runNatively(mutants);
    for (const [i, { source, outputs }] of mutants.entries()) expect(native[i], source).toEqual(outputs);
  });
});

test('tiers count the lines between def and return, up to fourteen', () => {
  const random = new Random(2);
  for (const tier of TIERS) {
    const [fewest, most] = linesOfTier(tier);
    for (let i = 0; i < 200; i++) {
      const program = level.generate(random, tier);
      const lines = program.source.split('\n').length - 2;
      expect(program.tier).toBe(tier);
      expect(lines).toBeGreaterThanOrEqual(fewest);
      expect(lines).toBeLessThanOrEqual(most);
    }
  }
  expect(() => level.generate(random, 9)).toThrow(/tier 9/);
});

test('the same seed gives the same programs, inputs and guesses', () => {
  const told = (seed: number) =>
    cases(new Random(seed), 60).map(({ program, inputs }) => [program.source, program.fingerprint, inputs]);
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      expect(told(seed)).toEqual(told(seed));
    }),
    { numRuns: 5 },
  );
  expect(told(1)).not.toEqual(told(2));
});

test('inputs and outputs are small canonical literals, and a guess is another input of the same type', () => {
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom(...TIERS), (seed, tier) => {
      const random = new Random(seed);
      const program = level.generate(random, tier);
      const input = program.input(random);
      if (input === null) return;
      const output = program.run(input)!;
      for (const text of [input, output]) {
        expect(canonicalText(text)).toBe(text);
        expect(isSmall(readValue(text)!)).toBe(true);
      }
      const guess = program.guess(random, input);
      expect(canonicalText(guess)).toBe(guess);
      expect(probesFor(guess).signature).toBe(probesFor(input).signature);
    }),
    { numRuns: 400 },
  );
});

test('a thought ends on the output, starts with the input, and is short', () => {
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom(...TIERS), (seed, tier) => {
      const random = new Random(seed);
      const program = level.generate(random, tier);
      const input = program.input(random);
      if (input === null) return;
      const { output, thought } = program.trace(input)!;
      expect(output).toBe(program.run(input));
      const text = render(thought);
      expect(text.startsWith(`x = ${input};`)).toBe(true);
      const last = decode(thought).split(';').at(-2)!.replace(/^\n+/, '');
      expect(last === output || last.endsWith(` = ${output}`)).toBe(true);
      expect(thought.length).toBeLessThanOrEqual(160);
    }),
    { numRuns: 400 },
  );
});

test('runs and traces of inputs that are none of the program give null', () => {
  const random = new Random(5);
  const programs = Array.from({ length: 60 }, () => level.generate(random, 2));
  const ofList = programs.find(({ fingerprint }) => fingerprint.startsWith('list'))!;
  for (const text of [
    '5',
    "'ab'",
    '1, 2',
    "['a']",
    '[1.5]',
    'nonsense',
    '',
    '[1, 2, 3, 4, 5, 6, 7, 8, 9]',
    '[100]',
  ]) {
    expect(ofList.run(text), text).toBeNull();
    expect(ofList.trace(text), text).toBeNull();
  }
});

test('distances order misses: nothing is nearer than the output itself', () => {
  const program = level.generate(new Random(1), 1);
  expect(program.distance('[1, 2]', '[1, 2]')).toBe(0);
  expect(program.distance('[1, 2]', '[1, 4]')).toBe(2);
  expect(program.distance('[1, 2]', '[1, 2, 3]')).toBe(10);
  expect(program.distance("'ab'", "'cb'")).toBe(1);
  expect(program.distance('-3', '4')).toBe(7);
  expect(program.distance('True', 'False')).toBe(1);
  expect(program.distance('5', '[5]')).toBeGreaterThan(0);
  const list = fc
    .array(fc.integer({ min: -99, max: 99 }), { maxLength: 8 })
    .map((items) => `[${items.join(', ')}]`);
  fc.assert(
    fc.property(list, list, (a, b) => {
      expect(program.distance(a, b)).toBe(program.distance(b, a));
      expect(program.distance(a, b) === 0).toBe(a === b);
    }),
  );
});

test('programs are varied, and held out by behaviour exactly when asked', () => {
  const random = new Random(4);
  const shares = TIERS.map((tier) => {
    const programs = Array.from({ length: 1000 }, (_, i) => level.generate(random, tier, i % 10 === 0));
    for (const [i, { fingerprint }] of programs.entries()) expect(isHeldOut(fingerprint)).toBe(i % 10 === 0);
    return new Set(programs.map(({ fingerprint }) => fingerprint)).size / programs.length;
  });
  console.log(
    `Distinct behaviours among 1,000 programs, by tier: ${shares.map((s) => s.toFixed(2)).join(', ')}`,
  );
  expect(shares[0]).toBeGreaterThan(0.45);
  expect(shares[1]).toBeGreaterThan(0.7);
  for (const share of shares.slice(2)) expect(share).toBeGreaterThan(0.85);
});

test('programs are short in tokens', () => {
  const random = new Random(6);
  const mean = (tier: number) => {
    const lengths = Array.from({ length: 300 }, () => encode(level.generate(random, tier).source).length);
    return lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
  };
  expect(mean(1)).toBeLessThan(20);
  expect(mean(4)).toBeLessThan(60);
});
