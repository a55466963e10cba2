import { expect, test } from 'vitest';
import { modulesOf, qrDrawing } from './qr.ts';

const LINK = 'https://example.org/kelvin/?lesson=climbing&page=1';

test('a code is a square with the three patterns that readers look for', () => {
  const modules = modulesOf(LINK);
  const size = modules.length;
  // Versions have 21, 25, 29 … modules a side.
  expect((size - 17) % 4).toBe(0);
  expect(modules.every((row) => row.length === size)).toBe(true);
  const corner = (y: number, x: number) =>
    Array.from({ length: 7 }, (_, row) =>
      modules[y + row]!.slice(x, x + 7)
        .map(Number)
        .join(''),
    );
  const finder = ['1111111', '1000001', '1011101', '1011101', '1011101', '1000001', '1111111'];
  for (const [y, x] of [
    [0, 0],
    [0, size - 7],
    [size - 7, 0],
  ] as const) {
    expect(corner(y, x)).toEqual(finder);
  }
});

test('the drawing has every dark module and no other', () => {
  const modules = modulesOf(LINK);
  const { side, path } = qrDrawing(LINK);
  const quiet = (side - modules.length) / 2;
  expect(quiet).toBe(4);
  const drawn = modules.map((row) => row.map(() => false));
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let i = 0; i < Number(width); i++) drawn[Number(y) - quiet]![Number(x) - quiet + i] = true;
  }
  expect(drawn).toEqual(modules);
});

test('other links have other codes, and long ones fit', () => {
  expect(modulesOf(`${LINK}&lang=de`)).not.toEqual(modulesOf(LINK));
  expect(modulesOf(`${LINK}&program-z=${'a'.repeat(2000)}`).length).toBeGreaterThan(100);
});
