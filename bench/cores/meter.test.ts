import { expect, test } from 'vitest';
import { Meter } from './meter.ts';

const calls = (meter: Meter) => Object.fromEntries(meter.take().map(({ name, calls }) => [name, calls]));

test('what runs inside something else counts for itself alone', () => {
  const meter = new Meter();
  const began = performance.now();
  const answer = meter.time('outer', () => {
    meter.time('inner', () => spin(5), 7);
    return meter.time('inner', () => spin(5), 8);
  });
  const wall = performance.now() - began;
  const tallies = new Map(meter.take().map((each) => [each.name, each]));
  expect(answer).toBe(5);
  expect(tallies.get('inner')).toMatchObject({ calls: 2, operations: 15 });
  const [inner, outer] = [tallies.get('inner')!.ms, tallies.get('outer')!.ms];
  expect(inner).toBeGreaterThanOrEqual(10);
  expect(outer).toBeGreaterThanOrEqual(0);
  expect(inner + outer).toBeLessThanOrEqual(wall);
  expect(meter.take()).toEqual([]);
});

test('a watched method does what it did, and is its old self afterwards', () => {
  class Thing {
    constructor(private readonly base: number) {}
    add(n: number): number {
      return this.base + n;
    }
  }
  const meter = new Meter();
  const original = Thing.prototype.add;
  meter.watch(Thing.prototype, 'add', 'adding');
  meter.watch(Float32Array.prototype, 'slice', 'slices');
  expect(new Thing(3).add(4)).toBe(7);
  expect(Float32Array.of(1, 2).slice(1)).toEqual(Float32Array.of(2));
  expect(calls(meter)).toEqual({ adding: 1, slices: 1 });
  meter.stop();
  expect(Thing.prototype.add).toBe(original);
  expect(Object.hasOwn(Float32Array.prototype, 'slice')).toBe(false);
});

test('time is counted where something throws', () => {
  const meter = new Meter();
  const fail = () => {
    throw new Error('no');
  };
  expect(() => meter.time('outer', () => meter.time('inner', fail))).toThrow('no');
  expect(calls(meter)).toEqual({ outer: 1, inner: 1 });
});

/** Keeps the processor busy for so many milliseconds, and returns them. */
function spin(ms: number): number {
  const began = performance.now();
  while (performance.now() - began < ms);
  return ms;
}
