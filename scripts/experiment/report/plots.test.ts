import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { experimentNamed } from '../../../src/experiments/definitions.ts';
import { allResults, armOf, resultOf, scoresOf } from '../../../test/experiment/results.ts';
import { ROOT } from '../../common/build.ts';
import { readAllShipped } from '../publish.ts';
import { plotFile, plotOf } from './plots.ts';

/** Texts of a picture, in its order. */
const textsOf = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]+)<\/text>/g)].map(([, text]) => text);
/** Places in the palette of the lines of a picture. */
const linesOf = (svg: string) =>
  [...svg.matchAll(/<g aria-label="line"[^>]* stroke="var\(--c(\d)\)"/g)].map(([, place]) => place);

describe('plots', () => {
  test('of every experiment are whole and name what they draw', () => {
    for (const result of allResults()) {
      const svg = plotOf(result);
      expect(svg.startsWith('<svg ')).toBe(true);
      expect(svg).not.toMatch(/NaN|Infinity|undefined|<script/);
      const texts = textsOf(svg);
      if (result.arms.length > 1)
        expect(texts.join()).toContain(experimentNamed(result.name)?.arms[0]?.label);
    }
  });

  test('give several variants at several sizes rows of their own, where a variant keeps its colour', () => {
    const arms = (['nano', 'small'] as const).flatMap((size) =>
      ['full', 'solver-only'].map((name) => armOf(name, size, [scoresOf(0.9, 0.6, 0.3)])),
    );
    const svg = plotOf(resultOf('climb-parts', arms));
    expect(textsOf(svg).filter((text) => text === 'nano' || text === 'small')).toEqual(['nano', 'small']);
    const lines = linesOf(svg);
    expect(lines.slice(0, lines.length / 2)).toEqual(lines.slice(lines.length / 2));
    expect(new Set(lines)).toEqual(new Set(['0', '1']));
    // A size of which only one variant is there yet is drawn like the others.
    const fewer = linesOf(plotOf(resultOf('climb-parts', arms.slice(0, 3))));
    expect(fewer.length).toBe(0.75 * lines.length);
  });
});

test('the committed pictures are what the shipped results give (else: npm run experiment -- report)', () => {
  for (const result of readAllShipped(ROOT)) {
    expect(readFileSync(join(ROOT, 'docs/experiments', plotFile(result)), 'utf8')).toBe(plotOf(result));
  }
});
