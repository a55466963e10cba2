import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type PlaceOfRun, readPlace, writePlace } from './place.ts';

const anyName = fc.option(fc.string({ unit: 'binary', minLength: 1 }));
/** Only a recording has a step. */
const anyRun = fc.oneof(
  fc.record({ run: anyName, recording: fc.constant(null), step: fc.constant(null) }),
  fc.record({
    run: anyName,
    recording: fc.string({ unit: 'binary', minLength: 1 }),
    step: fc.option(fc.integer({ min: 1, max: 999_999_999 })),
  }),
);
const anyView = fc.oneof(
  fc.record({
    view: fc.constantFrom('lab' as const, 'buffer' as const, 'family' as const),
    experiment: fc.constant(null),
    task: anyName,
  }),
  fc.record({
    view: fc.constant('experiments' as const),
    experiment: anyName,
    task: fc.constant(null),
  }),
);
const anyPlace: fc.Arbitrary<PlaceOfRun> = fc
  .tuple(anyView, anyRun)
  .map(([view, run]) => ({ ...view, ...run }));

test('every place comes back through an address', () => {
  fc.assert(
    fc.property(anyPlace, (place) => {
      const { hash } = new URL(`https://example.org/lab/?preset=demo${writePlace(place)}`);
      expect(readPlace(hash)).toEqual(place);
    }),
  );
});

test('a view stands before the # as well, and what stands after it counts first', () => {
  fc.assert(
    fc.property(anyView, anyRun, (view, run) => {
      const place = { ...view, ...run };
      const inQuery = new URLSearchParams({ preset: 'demo', lesson: 'loop', view: place.view });
      if (place.experiment !== null) inQuery.set('experiment', place.experiment);
      const rest = new URLSearchParams(writePlace(place).slice(1));
      for (const key of ['view', 'experiment']) rest.delete(key);
      expect(readPlace(`#${rest}`, `?${inQuery}`)).toEqual(place);
      expect(readPlace('#view=runs', `?${inQuery}`)).toMatchObject({ view: 'runs', experiment: null });
    }),
  );
  expect(readPlace('', '?view=nonsense').view).toBe('lab');
  expect(readPlace('', '?experiment=main').experiment).toBeNull();
});

test('whatever stands after the # is a place', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (hash) => {
      const place = readPlace(hash);
      expect(readPlace(writePlace(place))).toEqual(place);
    }),
  );
  expect(readPlace('#main')).toEqual({
    view: 'lab',
    experiment: null,
    task: null,
    run: null,
    recording: null,
    step: null,
  });
  for (const step of ['-1', '0', '1.5', '1e3', 'x', '', '9999999999'])
    expect(readPlace(`#recording=demo&step=${step}`)).toMatchObject({ recording: 'demo', step: null });
  expect(readPlace('#step=12')).toMatchObject({ recording: null, step: null });
  expect(writePlace(readPlace(''))).toBe('');
});
