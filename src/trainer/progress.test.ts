import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Event } from '../run/protocol.ts';
import { ProgressReporter } from './progress.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function reporter() {
  const told: (string | null)[] = [];
  const progress = new ProgressReporter((event: Event) => {
    if (event.type === 'progress') {
      const { progress: now } = event;
      told.push(now && `${now.label} ${now.done}/${now.total}`);
    }
  });
  return { told, progress };
}

test('of works side by side the first is told until it ends, then the next', () => {
  const { told, progress } = reporter();
  progress.report('engine', 'Engine', 0, 1);
  progress.report('pyodide', 'Python', 0, 2);
  progress.report('pyodide', 'Python', 1, 2);
  expect(told).toEqual(['Engine 0/1']);
  progress.finish('engine', 'shaders');
  expect(told).toEqual(['Engine 0/1', 'Python 1/2']);
  progress.finish('pyodide');
  expect(told.at(-1)).toBeNull();
  progress.finish('base');
  expect(told).toHaveLength(3);
});

test('work within another is told instead of it, once it has lasted', () => {
  const { told, progress } = reporter();
  progress.report('seeding', 'Seeding', 0, 9);
  progress.report('propose', 'Writing', 0, 20, 0.4);
  vi.advanceTimersByTime(300);
  progress.report('propose', 'Writing', 5, 20, 0.4);
  expect(told).toEqual(['Seeding 0/9']);
  vi.advanceTimersByTime(200);
  progress.report('propose', 'Writing', 9, 20, 0.4);
  expect(told.at(-1)).toBe('Writing 9/20');
  progress.finish('propose');
  expect(told.at(-1)).toBe('Seeding 0/9');
  progress.clear();
  expect(told.at(-1)).toBeNull();
});

test('the same work is told ten times a second at most, and its end always', () => {
  const { told, progress } = reporter();
  for (let done = 0; done <= 50; done++) {
    progress.report('evaluation', 'Measuring', done, 50);
    vi.advanceTimersByTime(10);
  }
  expect(told.length).toBeLessThan(8);
  expect(told.at(-1)).toBe('Measuring 50/50');
});
