import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PRESET_NAMES } from '../../config/presets.ts';
import type { Pace } from '../../run/visit.ts';
import { type Check, checksOf, type Found, lessonMinutes, type Room, summaryOf } from './room.ts';

const found = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<Found<T>> =>
  fc.oneof(
    fc.constantFrom({ state: 'open' as const }, { state: 'busy' as const }),
    value.map((known) => ({ state: 'known' as const, value: known })),
    fc.constant({ state: 'failed' as const, problem: 'It did not come.' }),
  );
const anyPace: fc.Arbitrary<Pace> = fc.record({
  backend: fc.constantFrom('webgpu', 'wasm', 'cpu'),
  device: fc.constant('WebAssembly (2 threads)'),
  secondsPerStep: fc.double({ min: 0.05, max: 1000, noNaN: true }),
});
const anyRoom: fc.Arbitrary<Room> = fc.record({
  adapter: found(
    fc.option(fc.record({ name: fc.constant('acme one'), isSoftware: fc.boolean() }), { nil: null }),
  ),
  python: found(fc.constant(true as const)),
  pace: found(anyPace),
  cores: fc.integer({ min: 1, max: 64 }),
  preset: fc.constantFrom(...PRESET_NAMES),
  storageProblem: fc.constantFrom('', 'The disk is full.'),
  isPersistent: fc.option(fc.boolean()),
  free: fc.option(fc.integer({ min: 0, max: 1e12 })),
  missingFiles: fc.option(fc.nat(9)),
  isSandboxed: fc.boolean(),
});
const byId = (checks: readonly Check[], id: Check['id']) => checks.find((check) => check.id === id)!;

test('in every room each check says something, and where something is wrong says what to do', () => {
  fc.assert(
    fc.property(anyRoom, (room) => {
      const checks = checksOf(room);
      for (const { says, advice, grade, id } of checks) {
        expect(says).not.toBe('');
        expect(`${says} ${advice}`).not.toMatch(/undefined|null|NaN|\{/);
        // What the speed and the choice advise is the same; the latter says it.
        if (grade === 'bad' && id !== 'pace' && id !== 'preset') expect(advice).not.toBe('');
      }
      const summary = summaryOf(checks);
      const isKnown = !checks.some(({ grade }) => grade === 'open' || grade === 'busy');
      expect(summary !== null).toBe(isKnown);
      if (checks.some(({ grade }) => grade === 'bad') && isKnown) expect(summary).toContain('recordings');
    }),
  );
});

test('a slower machine is never told to do more', () => {
  const rank = (secondsPerStep: number) => {
    const pace = { state: 'known' as const, value: { ...WASM, secondsPerStep } };
    return ['good', 'fair', 'bad'].indexOf(byId(checksOf({ ...READY, pace }), 'preset').grade);
  };
  fc.assert(
    fc.property(
      fc.double({ min: 0.05, max: 900, noNaN: true }),
      fc.double({ min: 1, max: 9, noNaN: true }),
      (s, f) => {
        expect(rank(s * f)).toBeGreaterThanOrEqual(rank(s));
      },
    ),
  );
});

const WASM: Pace = { backend: 'wasm', device: 'WebAssembly (2 threads)', secondsPerStep: 9 };
const READY: Room = {
  adapter: { state: 'known', value: null },
  python: { state: 'known', value: true },
  pace: { state: 'known', value: WASM },
  cores: 4,
  preset: 'demo',
  storageProblem: '',
  isPersistent: true,
  free: 2e9,
  missingFiles: 0,
  isSandboxed: false,
};

test('known rooms: a laptop without a card, a fast one, a slow one, plain JavaScript, a frame', () => {
  const checks = checksOf(READY);
  expect(lessonMinutes(9)).toBe(3);
  expect(byId(checks, 'pace').says).toContain('About 6.7 steps a minute');
  expect(byId(checks, 'pace').advice).toBe('20 steps take about 3 min.');
  expect(byId(checks, 'adapter')).toMatchObject({ grade: 'fair' });
  expect(summaryOf(checks)).toBe('This room can train; look at what is marked.');
  const adapter = { state: 'known' as const, value: { name: 'acme one', isSoftware: false } };
  expect(summaryOf(checksOf({ ...READY, adapter }))).toBe('This room is ready.');
  const at = (secondsPerStep: number, more: Partial<Room> = {}) =>
    byId(
      checksOf({ ...READY, ...more, pace: { state: 'known', value: { ...WASM, secondsPerStep } } }),
      'preset',
    );
  expect(at(30).says).toContain('Demo, nano');
  expect(at(30, { preset: 'climb' }).says).toContain('begun before it is needed');
  expect(at(90).grade).toBe('bad');
  const plain = checksOf({ ...READY, pace: { state: 'known', value: { ...WASM, backend: 'cpu' } } });
  expect(byId(plain, 'engine').grade).toBe('bad');
  const frame = checksOf({ ...READY, isSandboxed: true });
  expect(byId(frame, 'python').advice).toContain('tab of its own');
});
