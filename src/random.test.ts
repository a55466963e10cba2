import { expect, test } from 'vitest';
import { Random } from './random.ts';

test('the same seed gives the same numbers, another seed others', () => {
  const draw = (seed: number) =>
    Array.from(
      { length: 5 },
      (
        (r) => () =>
          r.uint32()
      )(new Random(seed)),
    );
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
});

test('known answers, so that no refactoring changes every run ever shared', () => {
  const random = new Random(1);
  expect([random.uint32(), random.uint32(), random.uint32()]).toMatchInlineSnapshot(`
    [
      393288148,
      2174103013,
      3814759091,
    ]
  `);
});

test('unit numbers fill [0, 1) evenly', () => {
  const random = new Random(3);
  const bins = new Array<number>(10).fill(0);
  for (let i = 0; i < 20_000; i++) bins[Math.floor(random.unit() * 10)]! += 1;
  // χ² with 9 degrees of freedom: 27.9 is passed once in a thousand seeds.
  const chi2 = bins.reduce((sum, n) => sum + (n - 2000) ** 2 / 2000, 0);
  expect(chi2).toBeLessThan(27.9);
});

test('state and restore continue exactly', () => {
  const random = new Random(5);
  random.uint32();
  const copy = new Random(0);
  copy.restore(random.state());
  expect(copy.uint32()).toBe(random.uint32());
});

test('weighted draws follow their weights; impossible ones never come', () => {
  const random = new Random(9);
  const counts = [0, 0, 0];
  for (let i = 0; i < 9000; i++) counts[random.weighted([1, 0, 2])]! += 1;
  expect(counts[1]).toBe(0);
  expect(counts[2]! / counts[0]!).toBeCloseTo(2, 0);
  expect(() => random.weighted([0, 0])).toThrow(RangeError);
});

test('sample draws distinct elements', () => {
  expect(new Set(new Random(2).sample([1, 2, 3, 4, 5], 3)).size).toBe(3);
  expect(new Random(2).sample([1, 2], 9)).toHaveLength(2);
});

test('a named stream depends on the seed and on its names alone', () => {
  const fresh = () => new Random(11);
  const used = fresh();
  for (let i = 0; i < 100; i++) used.uint32();
  used.fork('another consumer').uint32();
  const first = (random: Random) => random.uint32();
  expect(first(used.fork('step', 3, 'attempts'))).toBe(first(fresh().fork('step', 3).fork('attempts')));
  expect(first(new Random(12).fork('step', 3))).not.toBe(first(fresh().fork('step', 3)));
});

test('streams of different names differ from each other and from their parent', () => {
  const parent = new Random(5);
  const names = [
    'weights',
    'warm-up',
    'buffer',
    ...Array.from({ length: 2000 }, (_, step) => `step ${step}`),
  ];
  const firsts = names.map((name) => parent.fork(name).uint32());
  expect(new Set([parent.uint32(), ...firsts]).size).toBe(names.length + 1);
  // Neighbouring names are no neighbours: their bits are set evenly.
  const ones = firsts.map((value) => value.toString(2).replaceAll('0', '').length);
  const mean = ones.reduce((sum, count) => sum + count, 0) / ones.length;
  expect(Math.abs(mean - 16)).toBeLessThan(0.5);
});
