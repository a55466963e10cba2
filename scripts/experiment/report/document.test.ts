import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EXPERIMENTS } from '../../../src/experiments/definitions.ts';
import { ROOT } from '../../common/build.ts';
import { readCards } from './bases.ts';
import { documentOf, readMaterial } from './document.ts';
import { readRemarks } from './remarks.ts';
import { targetsOf } from './targets.ts';
import { allResults, armOf, resultOf, scoresOf } from './testing.ts';

/** The part of the document below a heading. */
function section(text: string, title: string): string {
  return text.split(/\n(?=## )/).find((part) => part.startsWith(`## ${title}`)) ?? '';
}

describe('the document', () => {
  const remarks = new Map([['ablations', 'A remark by a reader.']]);
  const text = documentOf({ results: allResults(), cards: readCards(ROOT), remarks });

  test('says everything that is needed of every experiment', () => {
    for (const { name, title, question, doesNotShow, arms } of EXPERIMENTS) {
      const part = section(text, title);
      for (const wanted of [
        question,
        doesNotShow,
        `npm run experiment -- ${name} --steps 2`,
        'Seeds 1, 2; 2 steps',
        'Hardware: 2 × a processor; wasm',
        'Time: 1.5 h for all runs',
        `experiments/${name}.svg`,
        ...arms.map(({ label }) => `\`small\` ${label}`),
        '`small` base, forced to think',
      ]) {
        expect(part).toContain(wanted);
      }
    }
  });

  test('gives means with their spread, and the paper’s figures beside', () => {
    expect(section(text, 'Base to self-play')).toContain('| `small` Full method | 2 | 96.0 ± 1.4 |');
    const ablations = section(text, 'The paper’s ablations');
    expect(ablations).toContain('| Deduction only | 43.3 | −3.5 |');
    expect(ablations).toContain('A remark by a reader.');
    expect(section(text, 'Gain by size')).toContain('| 14B | +13.2 |');
  });

  test('compares every size with its own full method', () => {
    const arms = (['nano', 'small'] as const).flatMap((size, i) => [
      armOf('full', size, [scoresOf(0.9, 0.6, 0.3)]),
      armOf('solver-only', size, [scoresOf(0.9, 0.6, 0.3 * i)]),
    ]);
    const both = documentOf({ results: [resultOf('ablations', arms)], cards: [], remarks: new Map() });
    expect(section(both, 'The paper’s ablations')).toContain('| Solver only | 45.4 | −1.4 | −10.0 | +0.0 |');
  });

  test('keeps the levels of the language apart', () => {
    const [first] = allResults();
    const second = first && { ...first, budget: { ...first.budget, level: 2 } };
    const both = documentOf({
      results: [first, second].flatMap((r) => r ?? []),
      cards: [],
      remarks: new Map(),
    });
    const part = section(both, 'Base to self-play');
    expect(part.split('### At level 2 of the language')[1]).toContain('experiments/main-level2.svg');
  });

  test('shows habits and answers before and after', () => {
    const part = section(text, 'What emerges');
    expect(part).toContain('| attempts that think, deduction | 0.30 ± 0.00 |');
    expect(part).toContain('abductions with two or more guesses');
    expect(part).toContain('after:    <think>…<ans>1<eos> (correct)');
  });

  test('says what was not measured, and that a run diverged', () => {
    const none = documentOf({ results: [], cards: [], remarks: new Map() });
    for (const { name } of EXPERIMENTS)
      expect(none).toContain(`Not measured yet: \`npm run experiment -- ${name}\``);
    const arm = armOf('full', 'small', [scoresOf(0.5, 0.5, 0.5), scoresOf(0.5, 0.5, 0.5)]);
    const [first, second] = arm.seeds;
    if (second) Object.assign(second, { diverged: 'At step 2 it broke.', end: null });
    const half = documentOf({
      results: [resultOf('main', [{ ...arm, seeds: [first, second].flatMap((seed) => seed ?? []) }])],
      cards: [],
      remarks: new Map(),
    });
    expect(half).toContain('| `small` Full method | 1 | 50.0 |');
    expect(half).toContain('seed 2, diverged: At step 2 it broke.');
  });

  test('has the bases from their cards', () => {
    const part = section(text, 'The shipped bases');
    for (const { command, parameters } of readCards(ROOT)) {
      expect(part).toContain(command);
      expect(part).toContain(parameters.toLocaleString('en'));
    }
  });
});

test('docs/results.md is what is made of the shipped results (npm run experiment -- report)', () => {
  const shipped = readFileSync(join(ROOT, 'docs/results.md'), 'utf8');
  const material = readMaterial(ROOT);
  expect(shipped).toBe(documentOf(material));
});

describe('targets', () => {
  const byName = (results: Parameters<typeof targetsOf>[0]) =>
    targetsOf(results).map(({ met, measured }) => `${met} ${measured}`);

  test('are met or missed by the numbers that are written', () => {
    expect(byName(allResults())).toEqual([
      'true +76.0 ± 1.4 (n = 2)',
      'true +35.3 ± 0.5 (n = 2)',
      'true +6.0 ± 1.4 (90.0 to 96.0, n = 2)',
      'true +15.0 ± 0.0 (30.0 to 45.0, n = 2)',
      'true +15.0 ± 0.0 (10.0 to 25.0, n = 2)',
      expect.stringMatching(/^true \+25\.3 frozen-base, .*, \+15\.3 base forced to think$/),
      expect.stringMatching(/^true \+25\.3 deduction-only,/),
      'null –',
      'true +12.0 ± 0.0 (n = 2)',
    ]);
  });

  test('are open while a rival was not measured, and missed as soon as one is ahead', () => {
    const full = armOf('full', 'small', [scoresOf(0.5, 0.5, 0.5)]);
    const rival = armOf('solver-only', 'small', [scoresOf(0.4, 0.4, 0.4)]);
    const ahead = (arms: (typeof full)[]) => targetsOf([resultOf('ablations', arms)])[6];
    expect(ahead([full, rival])).toMatchObject({
      met: null,
      measured: expect.stringContaining('+10.0 solver-only'),
    });
    expect(ahead([rival, { ...rival, arm: 'full' }])).toMatchObject({ met: false, short: 0 });
    const behind = ahead([
      { ...rival, arm: 'full' },
      { ...full, arm: 'solver-only' },
    ]);
    expect(behind?.short).toBeCloseTo(10);
    const smaller = ahead([full, rival].map((arm) => ({ ...arm, size: 'nano' })));
    expect(smaller?.measured).toMatch(/^at `nano`: /);
  });

  test('are missed when they are, and open when nothing was measured', () => {
    const low = armOf('full', 'small', [scoresOf(0.5, 0.3, 0.1)]);
    const nano = armOf('full', 'nano', [scoresOf(0.9, 0.9, 0.9)]);
    const missed = targetsOf([resultOf('main', [nano, low])]);
    expect(missed.map(({ met }) => met)).toEqual([
      false,
      false,
      false,
      false,
      false,
      null,
      null,
      false,
      false,
    ]);
    expect(missed[0]?.short).toBeCloseTo(10);
    // By the fall from one size to the next.
    expect(missed[7]?.short).toBeCloseTo(60);
    expect(new Set(targetsOf([]).map(({ met }) => met))).toEqual(new Set([null]));
  });
});

describe('remarks', () => {
  test('belong to the section that their heading names', () => {
    const remarks = readRemarks('Preface.\n\n## main\n\nOne.\n\n### Two\n\n## tests\nThree.\n', [
      'main',
      'tests',
    ]);
    expect([...remarks]).toEqual([
      ['main', 'One.\n\n### Two'],
      ['tests', 'Three.'],
    ]);
  });

  test('of no section, or twice of one, are refused', () => {
    expect(() => readRemarks('## mane\n', ['main'])).toThrow(/no section “mane”.*main/);
    expect(() => readRemarks('## main\n\n## main\n', ['main'])).toThrow(/two remarks on “main”/);
  });
});
