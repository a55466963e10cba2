import { expect, test } from 'vitest';
import { linesOfTier } from './grammar.ts';
import {
  BASE_TEXT,
  BASE_VARIANTS,
  LEVEL_IDS,
  lastTierShown,
  levelOf,
  recipeOf,
  shippedBasesText,
} from './level.ts';

test('a base has seen the tiers of its recipe, one warmed up in the tab those of the warm-up', () => {
  for (const level of LEVEL_IDS) {
    for (const { size, variant, tiers } of levelOf(level).bases) {
      expect(lastTierShown({ level, size, base: variant })).toBe(tiers.length);
    }
  }
  const lines = (base: 'short' | 'thinking' | 'warm-up') =>
    linesOfTier(lastTierShown({ level: 1, size: 'small', base }))[1];
  expect([lines('short'), lines('thinking'), lines('warm-up')]).toEqual([4, 6, 6]);
});

test('a base that goes on from another has the same size and was shown no less', () => {
  for (const level of LEVEL_IDS) {
    for (const { size, continues, tiers } of levelOf(level).bases) {
      if (continues === null) continue;
      expect(BASE_VARIANTS).toContain(continues);
      expect(tiers.length).toBeGreaterThanOrEqual(recipeOf(level, size, continues)?.tiers.length ?? Infinity);
    }
  }
});

test('what is said of the bases agrees with their recipes', () => {
  for (const level of LEVEL_IDS) {
    for (const { variant, priorCotRate, tiers } of levelOf(level).bases) {
      expect(BASE_TEXT[variant].does).toContain(priorCotRate > 0.5 ? 'nearly every answer' : 'a third');
      if (variant === 'short') expect(linesOfTier(tiers.length)[1]).toBe(4);
    }
  }
  expect(shippedBasesText()).toMatch(
    /^There are shipped bases of level 1: .*“short” of small; of level 2: .*\.$/,
  );
});
