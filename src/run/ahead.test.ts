import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Config } from '../config/hyperparameters.ts';
import { prepareAhead } from './ahead.ts';
import { changeValue, createSession } from './session.ts';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('navigator', {});
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function setUp() {
  const session = await createSession('preset=demo-nano&device=wasm');
  const asked: string[] = [];
  const client = {
    prepare: ({ size, level }: Config, device: string) => void asked.push(`${size} ${level} ${device}`),
  };
  return { session, asked, begin: () => prepareAhead(session, client) };
}

test('prepares at once, and again when the form has stood still', async () => {
  const { session, asked, begin } = await setUp();
  const end = begin();
  expect(asked).toEqual(['nano 1 wasm']);
  changeValue(session, 'size', 'small');
  changeValue(session, 'size', 'medium');
  expect(asked).toHaveLength(1);
  vi.advanceTimersByTime(2000);
  expect(asked).toEqual(['nano 1 wasm', 'medium 1 wasm']);
  session.setState({ device: 'cpu' });
  end();
  vi.advanceTimersByTime(2000);
  expect(asked).toHaveLength(2);
});

test('where the connection is metered nothing is prepared', async () => {
  vi.stubGlobal('navigator', { connection: { saveData: true } });
  const { session, asked, begin } = await setUp();
  begin();
  changeValue(session, 'size', 'small');
  vi.advanceTimersByTime(2000);
  expect(asked).toEqual([]);
});
