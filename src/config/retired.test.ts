import { expect, test } from 'vitest';
import { isRetired, RETIRED, retiredChanges, retiredSentence } from './retired.ts';

test('one switch, or a few, are named with their reasons in one sentence', () => {
  expect(retiredSentence(['weight-decay'])).toBe(
    'weight-decay (it is always 0.01) is no longer a switch; the run goes on without it.',
  );
  expect(retiredSentence(['weightDecay', 'warm-up-walks', 'weight-decay'])).toBe(
    'weight-decay (it is always 0.01) and warm-up-walks (searches jump) are no longer switches; the run goes on without them.',
  );
  expect(retiredSentence(['steps'])).toBe('');
});

test('of many, some are named and the others counted', () => {
  const all = Object.keys(RETIRED);
  expect(retiredSentence(all)).toBe(
    `${all[0]}, ${all[1]}, ${all[2]} and ${all.length - 3} more are no longer switches; the run goes on without them.`,
  );
});

test('a name is known as in links and as in files, and nothing else is', () => {
  expect([isRetired('ppo-dual-clip'), isRetired('ppoDualClip')]).toEqual([true, true]);
  expect([isRetired('steps'), isRetired('constructor'), isRetired('')]).toEqual([false, false, false]);
});

test('an older configuration differs from today’s only where a retired switch stood elsewhere', () => {
  const past = { steps: 3, weightDecay: 0.01, solverBand: 'all', ppoClip: false };
  expect(retiredChanges(past)).toEqual([]);
  expect(retiredChanges({ ...past, solverBand: 'between', bufferFilter: 'non-one' })).toEqual([
    'solverBand',
    'bufferFilter',
  ]);
});
