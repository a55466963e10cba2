import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { taskOf } from '../../../test/builders.ts';
import { placeFamily } from './layout.ts';
import { nodeAt, pan, placeOf, reveal, whole, zoom } from './viewport.ts';
import { trailAfter, walk } from './walk.ts';

/** A seed with three children; the second has one of its own, which also knows the third. */
const family = placeFamily([
  taskOf('seed'),
  ...['a', 'b', 'c'].map((id) => taskOf(id, { step: 1, parents: ['seed'] })),
  taskOf('b1', { step: 2, parents: ['b', 'c'] }),
]);
const at = (id: string) => family.byId.get(id)!;

describe('walking', () => {
  const go = (from: string, key: string, trail: string | null = null) =>
    walk(family, at(from), key, trail === null ? null : at(trail))?.id;

  test('arrows lead along edges and to siblings, Home to the seed, End to the latest', () => {
    expect(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'].map((key) => go('b', key))).toEqual([
      'seed',
      'b1',
      'a',
      'c',
    ]);
    expect([go('b1', 'Home'), go('seed', 'End'), go('seed', 'ArrowRight')]).toEqual(['seed', 'b1', 'a']);
    expect(walk(family, null, 'ArrowRight', null)?.id).toBe('seed');
  });

  test('where nothing is, nothing is chosen, and other keys do not walk', () => {
    expect(walk(family, at('seed'), 'ArrowLeft', null)).toBeNull();
    expect(walk(family, at('c'), 'ArrowDown', null)).toBeNull();
    expect(walk(family, at('c'), 'x', null)).toBeUndefined();
    expect(walk(placeFamily([]), null, 'Home', null)).toBeNull();
  });

  test('right goes back down the line that one came up', () => {
    let trail = trailAfter(null, at('b1'));
    for (const id of ['b', 'seed']) trail = trailAfter(trail, at(id));
    expect(trail?.id).toBe('b1');
    expect(go('seed', 'ArrowRight', 'b1')).toBe('b');
    expect(trailAfter(trail, at('c'))?.id).toBe('c');
  });
});

describe('the part in sight', () => {
  const size = { width: 700, height: 420 };
  const isInside = ({ x, y }: { x: number; y: number }) =>
    x >= 0 && x <= size.width && y >= 0 && y <= size.height;
  const moves = fc.array(
    fc.oneof(
      fc.record({
        factor: fc.double({ min: 0.2, max: 5, noNaN: true }),
        x: fc.integer({ min: 0, max: 700 }),
        y: fc.integer({ min: 0, max: 420 }),
      }),
      fc.record({ dx: fc.integer({ min: -900, max: 900 }), dy: fc.integer({ min: -900, max: 900 }) }),
    ),
  );

  test('the whole tree fits at first, and a press on a task finds it', () => {
    const view = whole(family, size);
    for (const node of family.nodes) {
      expect(isInside(placeOf(view, node))).toBe(true);
      expect(nodeAt(view, family, placeOf(view, node), 6)).toBe(node);
    }
    expect(nodeAt(view, family, { x: 1, y: 1 }, 6)).toBeNull();
  });

  test('however it was moved and zoomed, a chosen task comes into sight', () => {
    fc.assert(
      fc.property(moves, fc.constantFrom(...family.nodes), (all, node) => {
        let view = whole(family, size);
        for (const move of all) {
          view =
            'factor' in move
              ? zoom(view, move.factor, move, family, size)
              : pan(view, move.dx, move.dy, family, size);
        }
        const seen = reveal(view, node, size);
        expect(isInside(placeOf(seen, node))).toBe(true);
        expect(nodeAt(seen, family, placeOf(seen, node), 6)).toBe(node);
      }),
    );
  });
});
