import { describe, expect, test } from 'vitest';
import { presetConfig } from '../config/presets.ts';
import {
  changeValue,
  choosePreset,
  createSession,
  isSeedInUrl,
  readSession,
  writeSession,
} from './session.ts';

describe('the session in a link', () => {
  test('comes back as it was', () => {
    const session = createSession('?preset=demo-nano&seed=7');
    changeValue(session, 'klPropose', '0.2');
    session.setState({ device: 'wasm', seedProgram: 'def f(x):\n    return x * 2' });
    const again = readSession(writeSession(session.getState()));
    expect(again).toEqual({ ...session.getState(), problems: [] });
  });

  test('names what is wrong and goes on without it', () => {
    const { problems, config, preset, device } = readSession(
      '?preset=nope&steps=abc&device=toaster&step=1&fbclid=x',
    );
    expect(problems.map(({ key }) => key).sort()).toEqual(['device', 'preset', 'step', 'steps']);
    expect([preset, device]).toEqual(['demo', 'auto']);
    expect(config).toEqual(presetConfig('demo'));
  });

  test('a program too long for a link stays out of it', () => {
    const session = createSession('');
    session.setState({ seedProgram: `def f(x):\n    return ${'x + '.repeat(400)}x` });
    expect(isSeedInUrl(session.getState())).toBe(false);
    expect(writeSession(session.getState())).not.toContain('program');
  });
});

describe('changing values', () => {
  test('a preset brings its values and leaves the seed', () => {
    const session = createSession('?seed=42&kl-propose=0.1');
    choosePreset(session, 'ci');
    expect(session.getState().config).toEqual({ ...presetConfig('ci'), seed: 42 });
  });

  test('a refused value changes nothing and is explained', () => {
    const session = createSession('');
    const before = session.getState().config;
    expect(changeValue(session, 'steps', '0')?.message).toContain('whole number');
    expect(session.getState().config).toEqual(before);
    expect(changeValue(session, 'steps', '12')).toBeNull();
    expect(session.getState().config.steps).toBe(12);
  });

  test('a rule between values mends the other value and says so', () => {
    const session = createSession('');
    const problem = changeValue(session, 'size', 'pico');
    expect(session.getState().config).toMatchObject({ size: 'pico', base: 'warm-up' });
    expect(problem?.message).toContain('shipped base');
  });
});
