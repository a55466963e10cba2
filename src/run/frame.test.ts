import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Frame, HIDEABLE, readFrame, writeFrame } from './frame.ts';
import { readSession } from './session.ts';

test('every frame comes back through a link', () => {
  const anyFrame: fc.Arbitrary<Frame> = fc.record({
    hide: fc.subarray([...HIDEABLE]),
    isEmbedded: fc.boolean(),
    isProjector: fc.boolean(),
    language: fc.constantFrom(null, 'de', 'zh-Hant', 'a&b'),
    lesson: fc.option(
      fc.record({ id: fc.string({ unit: 'binary', minLength: 1 }), page: fc.integer({ min: 1, max: 99 }) }),
    ),
  });
  fc.assert(
    fc.property(anyFrame, (frame) => {
      expect(readFrame(`preset=demo&${writeFrame(frame)}`)).toEqual({ ...frame, problems: [] });
    }),
  );
  expect(writeFrame(readFrame('?preset=demo'))).toBe('');
});

test('a name that hides nothing is said, the others count, and no key is taken for a hyper-parameter', async () => {
  const { hide, problems } = readFrame('hide=loop,bufer,everything');
  expect(hide).toEqual(['loop']);
  expect(problems.map(({ message }) => message)).toEqual([
    'There is nothing called “bufer” to hide; did you mean “buffer”?',
    expect.stringMatching(/“everything” to hide; there are header, settings, .*buffer\.$/),
  ]);
  expect((await readSession('hide=bufer&embed=1&projector=1')).problems.map(({ key }) => key)).toEqual([
    'hide',
  ]);
  expect(readFrame('embed=0&projector=no')).toMatchObject({ isEmbedded: false, isProjector: false });
  expect(
    ['lesson=loop', 'lesson=loop&page=0', 'lesson=loop&page=x'].map((q) => readFrame(q).lesson?.page),
  ).toEqual([1, 1, 1]);
});
