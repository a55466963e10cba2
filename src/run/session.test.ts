import { describe, expect, test } from 'vitest';
import { presetConfig } from '../config/presets.ts';
import { areSameSetups, changeValue, choosePreset, createSession, linkOf, readSession } from './session.ts';

describe('the session in a link', () => {
  test('comes back as it was', async () => {
    const session = await createSession('?preset=demo-nano&seed=7');
    changeValue(session, 'klPropose', '0.2');
    session.setState({ device: 'wasm', seedProgram: 'def f(x):\n    return x * 2' });
    const again = await readSession((await linkOf(session.getState())).query);
    expect(again).toEqual({ ...session.getState(), problems: [] });
    expect(areSameSetups(again, session.getState())).toBe(true);
    expect(areSameSetups({ ...again, device: 'cpu' }, session.getState())).toBe(false);
  });

  test('names what is wrong and goes on without it', async () => {
    const { problems, config, preset, device } = await readSession(
      '?preset=nope&steps=abc&device=toaster&step=1&fbclid=x',
    );
    expect(problems.map(({ key }) => key).sort()).toEqual(['device', 'preset', 'step', 'steps']);
    expect([preset, device]).toEqual(['demo', 'auto']);
    expect(config).toEqual(presetConfig('demo'));
  });

  test('a program of an older link is read as it stands there', async () => {
    const program = `def f(x):\n    return ${'x + '.repeat(200)}x`;
    const query = new URLSearchParams({ preset: 'demo', seed: '1', program });
    expect((await readSession(`?${query}`)).seedProgram).toBe(program);
  });

  test('what the tab remembers comes before the link, its values checked', async () => {
    const next = {
      preset: 'ci',
      device: 'wasm',
      seedProgram: 'def f(): return 1',
      ownBase: { name: 'mine', sha256: 'abc' },
    } as const;
    const config = { ...presetConfig('ci'), seed: 9, temperature: 99 };
    const { getState } = await createSession('?preset=demo&nonsense=1', { ...next, config });
    expect(getState()).toMatchObject(next);
    expect(getState().config).toEqual({ ...presetConfig('ci'), seed: 9 });
    expect(getState().problems).toHaveLength(1);
  });
});

test('a base that was brought in is no part of a link, and is left with its size', async () => {
  const ownBase = { name: 'mine', sha256: 'abc' };
  const session = await createSession('?preset=ci');
  session.setState({ ownBase });
  expect((await linkOf(session.getState())).lacks).toEqual(['base']);
  expect(areSameSetups(session.getState(), { ...session.getState(), ownBase: null })).toBe(false);
  changeValue(session, 'learningRate', 1e-4);
  expect(session.getState().ownBase).toEqual(ownBase);
  changeValue(session, 'size', 'nano');
  expect(session.getState().ownBase).toBeNull();
  session.setState({ ownBase });
  choosePreset(session, 'demo');
  expect(session.getState().ownBase).toBeNull();
});

describe('changing values', () => {
  test('a preset brings its values and leaves the seed', async () => {
    const session = await createSession('?seed=42&kl-propose=0.1');
    choosePreset(session, 'ci');
    expect(session.getState().config).toEqual({ ...presetConfig('ci'), seed: 42 });
  });

  test('a refused value changes nothing and is explained', async () => {
    const session = await createSession('');
    const before = session.getState().config;
    expect(changeValue(session, 'steps', '0')?.message).toContain('whole number');
    expect(session.getState().config).toEqual(before);
    expect(changeValue(session, 'steps', '12')).toBeNull();
    expect(session.getState().config.steps).toBe(12);
  });

  test('a rule between values mends the other value and says so', async () => {
    const session = await createSession('');
    const problem = changeValue(session, 'size', 'pico');
    expect(session.getState().config).toMatchObject({ size: 'pico', base: 'warm-up' });
    expect(problem?.message).toContain('shipped base');
  });

  test('a base that gave way to a size comes back with the next size that has one', async () => {
    const session = await createSession('?preset=demo');
    const base = () => session.getState().config.base;
    changeValue(session, 'size', 'large');
    changeValue(session, 'temperature', 0.9);
    expect(base()).toBe('warm-up');
    expect(changeValue(session, 'size', 'pico')?.message).toContain('shipped base');
    expect(changeValue(session, 'size', 'nano')).toBeNull();
    expect(base()).toBe('shipped');
    // Chosen by the reader, it stays.
    changeValue(session, 'base', 'warm-up');
    changeValue(session, 'size', 'large');
    changeValue(session, 'size', 'small');
    expect(base()).toBe('warm-up');
    // A wrong size changes nothing.
    changeValue(session, 'base', 'shipped');
    changeValue(session, 'size', 'large');
    expect(changeValue(session, 'size', 'huge')?.message).toContain('one of');
    expect([base(), session.getState().config.size]).toEqual(['warm-up', 'large']);
    changeValue(session, 'size', 'small');
    expect(base()).toBe('shipped');
  });
});
