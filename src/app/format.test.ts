import { expect, test } from 'vitest';
import { clock, compact, count, duration, hundredths, percent, points, signed, timeLeft } from './format.ts';

test('numbers are short, exact and carry a true minus', () => {
  expect([0, 0.00012, 1.5, 123.4, 1234, 12_345, 838_400, 1.5e6].map(compact)).toEqual([
    '0',
    '0.00012',
    '1.5',
    '123',
    '1,234',
    '12.3k',
    '838k',
    '1.5M',
  ]);
  expect([
    count(-1234),
    hundredths(-0.5),
    points(-0.02),
    points(0.384),
    signed(0.25),
    percent(0.625),
  ]).toEqual(['−1,234', '−0.50', '−2', '+38', '+0.25', '63 %']);
});

test('times', () => {
  expect([7, 750, 3723].map(clock)).toEqual(['0:07', '12:30', '1:02:03']);
  expect([0.0042, 0.0999, 1.234, 9.96, 65].map(duration)).toEqual(['4 ms', '0.1 s', '1.2 s', '10 s', '65 s']);
  expect([2, 42, 200].map(timeLeft)).toEqual(['a few seconds left', 'about 40 s left', 'about 3 min left']);
});
