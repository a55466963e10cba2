import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DEFAULTS } from '../../../src/config/hyperparameters.ts';
import { EXPERIMENTS } from '../../../src/experiments/definitions.ts';
import { allResults, armOf, resultOf, scoresOf } from '../../../test/experiment/results.ts';
import { ROOT } from '../../common/build.ts';
import { indexOf } from '../publish.ts';
import { readCards } from './bases.ts';
import { documentsOf, readMaterial } from './document.ts';
import { readRemarks } from './remarks.ts';

const made = (results: ReturnType<typeof allResults>, remarks = new Map<string, string>()) => {
  const documents = documentsOf({ results, cards: readCards(ROOT), remarks });
  return (path: string) => documents.get(`docs/${path}.md`) ?? '';
};
const rowsOf = (page: string) => page.split('\n').filter((line) => line.startsWith('| '));

describe('the documents', () => {
  const read = made(allResults(), new Map([['climb', 'A remark by a reader.']]));

  test('say everything that is needed of every experiment', () => {
    for (const { name, title, question, doesNotShow, arms } of EXPERIMENTS) {
      const page = read(`experiments/${name}`);
      for (const wanted of [
        `# ${title}`,
        question,
        doesNotShow,
        '**Answer.** ',
        `npm run experiment -- ${name} --steps 2`,
        'Seeds 1, 2; 2 steps',
        'Hardware: 2 × a processor; wasm',
        'Time: 1.5 h for all runs',
        `(${name}.svg)`,
        ...arms.map(({ label }) => `| ${label} |`),
        '| Before, forced to think |',
      ]) {
        expect(page.replaceAll('\n', ' ')).toContain(wanted);
      }
      expect(read('results')).toContain(`**[${title}](experiments/${name}.md)**`);
    }
  });

  test('give means with their spread and their change, and the paper’s figures beside', () => {
    expect(rowsOf(read('experiments/main'))).toContain(
      '| Full method | 96.0 ± 1.4 (+76.0) | 96.0 ± 1.4 (+76.0) | 45.0 ± 0.0 (+15.0) | 25.0 ± 0.0 (+15.0) | 55.3 ± 0.5 (+35.3) | 25.0 ± 0.0 (+0.0) | 62.0 ± 0.0 (+12.0) | +35.3 ± 0.5 |',
    );
    expect(read('experiments/climb-parts')).toContain('| Deduction only | 43.3 | −3.5 |');
    expect(read('experiments/climb')).toContain('## Remarks\n\nA remark by a reader.');
    expect(read('experiments/climb-sizes')).toContain('| 14B | +13.2 |');
  });

  test('compare every size with its own full method', () => {
    const arms = (['nano', 'small'] as const).flatMap((size, i) => [
      armOf('full', size, [scoresOf(0.9, 0.6, 0.3)]),
      armOf('solver-only', size, [scoresOf(0.6 + 0.3 * i, 0.6, 0.3)]),
    ]);
    const page = made([resultOf('climb-parts', arms)])('experiments/climb-parts');
    expect(page).toContain('| Solver only | 45.4 | −1.4 | −30.0 | +0.0 |');
  });

  test('keep the levels of the language apart', () => {
    const first = allResults().find(({ name }) => name === 'main');
    const second = first && { ...first, budget: { ...first.budget, level: 2 as const } };
    const both = made([first, second].flatMap((result) => result ?? []));
    expect(both('experiments/main')).not.toContain('main-level2');
    expect(both('experiments/main-level2')).toContain('(main-level2.svg)');
    expect(both('results')).toContain('(experiments/main-level2.md)');
  });

  test('name the settings that differ, and none that is gone', () => {
    const full = armOf('full', 'small', [scoresOf(0.5, 0.5, 0.5)]);
    const config = { composition: 0, vocabularyDropout: 0.2 };
    const page = made([resultOf('climb-parts', [full, { ...full, arm: 'no-composition', config }])]);
    const row = rowsOf(page('experiments/climb-parts')).find((line) => /No composition.*instead/.test(line));
    expect(row).toBe('| No composition | Composition: 0 instead of 0.5 |  |');
  });

  test('show habits and answers before and after', () => {
    const page = read('experiments/emergence');
    expect(page).toContain('| share of attempts that think, deduction | 0.30 ± 0.00 |');
    expect(page).toContain('share of abductions with two or more guesses');
    expect(page).toContain('after:    <think>…<ans>1<eos> (correct)');
  });

  test('say what was not measured, and that a run diverged', () => {
    for (const { name } of EXPERIMENTS) {
      expect(made([])('results').replace(/\s+/g, ' ')).toContain(`\`npm run experiment -- ${name}\``);
    }
    const arm = armOf('full', 'small', [scoresOf(0.5, 0.5, 0.5), scoresOf(0.5, 0.5, 0.5)]);
    const [first, second] = arm.seeds;
    if (second) Object.assign(second, { diverged: 'At step 2 it broke.', end: null });
    const seeds = [first, second].flatMap((seed) => seed ?? []);
    const page = made([resultOf('main', [{ ...arm, seeds }])])('experiments/main');
    expect(page).toContain('| Full method (1 of 2 repeats) | 50.0 (+30.0) |');
    expect(page).toContain('seed 2, diverged: At step 2 it broke. It counts in no mean.');
  });

  test('have the bases from their cards', () => {
    for (const { command, parameters } of readCards(ROOT)) {
      expect(read('experiments/bases')).toContain(command);
      expect(read('experiments/bases')).toContain(parameters.toLocaleString('en'));
    }
  });
});

describe('what is committed', () => {
  const material = readMaterial(ROOT);
  const documents = documentsOf(material);

  test('is what is made of the shipped results (else: npm run experiment -- report)', () => {
    for (const [path, text] of documents) expect(readFileSync(join(ROOT, path), 'utf8'), path).toBe(text);
    const index = readFileSync(join(ROOT, 'public/experiments/index.json'), 'utf8');
    expect(JSON.parse(index)).toEqual(indexOf(ROOT));
  });

  test('names no variant and no setting that is gone', () => {
    for (const { name, arms } of material.results) {
      const known = EXPERIMENTS.find((experiment) => experiment.name === name)?.arms ?? [];
      for (const { arm, config } of arms) {
        expect(known.map((one) => one.name)).toContain(arm);
        expect(Object.keys(DEFAULTS)).toEqual(expect.arrayContaining(Object.keys(config)));
      }
    }
  });

  test('answers on one screen, in lines that fit', () => {
    const overview = documents.get('docs/results.md') ?? '';
    expect(overview.split(/\s+/).length).toBeLessThan(900);
    for (const line of overview.split('\n')) expect(line.length, line).toBeLessThanOrEqual(130);
  });
});

describe('remarks', () => {
  test('belong to the page that their heading names', () => {
    const remarks = readRemarks('Preface.\n\n## main\n\nOne.\n\n### Two\n\n## bases\nThree.\n', [
      'main',
      'bases',
    ]);
    expect([...remarks]).toEqual([
      ['main', 'One.\n\n### Two'],
      ['bases', 'Three.'],
    ]);
  });

  test('of no page, or twice of one, are refused', () => {
    expect(() => readRemarks('## mane\n', ['main'])).toThrow(/no page “mane”.*main/);
    expect(() => readRemarks('## main\n\n## main\n', ['main'])).toThrow(/two remarks on “main”/);
  });
});
