import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Config,
  DEFAULTS,
  HYPERPARAMETERS,
  type Hyperparameter,
  validateConfig,
  whyImpossible,
} from './hyperparameters.ts';
import { PRESET_NAMES, presetConfig } from './presets.ts';
import { decodeQuery, encodeQuery } from './url.ts';

function anyValue(entry: Hyperparameter): fc.Arbitrary<unknown> {
  switch (entry.kind) {
    case 'boolean':
      return fc.boolean();
    case 'choice':
      return fc.constantFrom(...entry.choices);
    case 'integer':
      return fc.integer({ min: entry.min, max: entry.max });
    case 'number':
      return fc.double({ min: entry.min, max: entry.max, noNaN: true });
  }
}

/** Any configuration that passes the checks. */
const anyConfig: fc.Arbitrary<Config> = fc
  .record(Object.fromEntries(HYPERPARAMETERS.map((entry) => [entry.key, anyValue(entry)])), {
    requiredKeys: [],
  })
  .map((partial) => validateConfig(partial).config);

describe('the table', () => {
  test('every default lies in its own range and is accepted without a word', () => {
    expect(validateConfig(DEFAULTS)).toEqual({ config: DEFAULTS, problems: [] });
  });

  test('every entry explains itself in one sentence and has a URL key of its own', () => {
    for (const { key, label, reason } of HYPERPARAMETERS) {
      expect(label.length, key).toBeGreaterThan(0);
      expect(reason, key).toMatch(/^[A-Z].*\.$/);
    }
    expect(new Set(HYPERPARAMETERS.map(({ urlKey }) => urlKey)).size).toBe(HYPERPARAMETERS.length);
  });

  test.each(PRESET_NAMES)('preset %s is valid', (name) => {
    expect(validateConfig(presetConfig(name))).toEqual({ config: presetConfig(name), problems: [] });
  });
});

describe('whyImpossible', () => {
  test('forbids what validateConfig would exchange, and says why', () => {
    fc.assert(
      fc.property(anyConfig, fc.constantFrom(...HYPERPARAMETERS), fc.integer(), (config, entry, pick) => {
        if (entry.kind !== 'choice') return;
        const choice = entry.choices.at(Math.abs(pick) % entry.choices.length) as Config['base'];
        const why = whyImpossible(config, entry.key, choice);
        const exchanged = validateConfig({ [entry.key]: choice }, config).problems.find(
          ({ key }) => key === entry.key,
        );
        expect(exchanged !== undefined).toBe(why !== null);
        if (why !== null) expect(exchanged?.message).toContain(why);
      }),
    );
    expect(whyImpossible({ ...DEFAULTS, size: 'nano' }, 'base', 'short')).toContain('“short” of small');
    expect(whyImpossible(DEFAULTS, 'base', 'short')).toBeNull();
  });
});

describe('validateConfig', () => {
  test('names a wrong value and falls back to the default', () => {
    const { config, problems } = validateConfig({ attemptsPerTask: 'many', temperature: 0, nonsense: 1 });
    expect(config).toEqual(DEFAULTS);
    expect(problems.map(({ key, given }) => [key, given])).toEqual([
      ['attemptsPerTask', 'many'],
      ['temperature', 0],
      ['nonsense', 1],
    ]);
    expect(problems[0]?.message).toContain('a whole number from 2 to 64');
  });

  test('accepts anything without throwing, and gives a configuration that needs no more mending', () => {
    const keys = fc.constantFrom(...HYPERPARAMETERS.map(({ key }) => key as string), 'x', '__proto__');
    fc.assert(
      fc.property(fc.dictionary(keys, fc.anything()), (partial) => {
        const { config } = validateConfig(partial);
        expect(validateConfig(config)).toEqual({ config, problems: [] });
      }),
    );
  });

  test('mends values that do not go together', () => {
    expect(validateConfig({ size: 'pico' }).config.base).toBe('warm-up');
    expect(validateConfig({ reuseAttempts: false }).config.baseline).toBe('trr++');
    expect(validateConfig({ deduction: false, abduction: false }).config.deduction).toBe(true);
  });
});

describe('switches that were renamed', () => {
  test('are set by their former names, in links and in files', () => {
    const { config, problems } = decodeQuery('preset=demo&habit=0.2&clip-norm=2&texts-per-behaviour=7');
    expect(problems).toEqual([]);
    expect(config).toMatchObject({ priorCotRate: 0.2, maxGradNorm: 2, textsPerFingerprint: 7 });
    const { config: fromFile, problems: none } = validateConfig({ finalRateShare: 0.5, warmUpRamp: 3 });
    expect(none).toEqual([]);
    expect(fromFile).toMatchObject({ finalLrFraction: 0.5, lrWarmUpUpdates: 3 });
  });
});

describe('the URL', () => {
  test('carries any configuration there and back', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PRESET_NAMES), anyConfig, (preset, config) => {
        expect(decodeQuery(encodeQuery(preset, config))).toEqual({
          preset,
          config,
          problems: [],
          retired: '',
        });
      }),
    );
  });

  test('holds only what differs from the preset', () => {
    expect(encodeQuery('demo', DEFAULTS)).toBe('preset=demo&seed=1');
    expect(encodeQuery('demo', { ...DEFAULTS, seed: 7, klPropose: 0.2 })).toBe(
      'preset=demo&seed=7&kl-propose=0.2',
    );
  });

  test('turns what it cannot read into problems, never into an exception', () => {
    fc.assert(
      fc.property(fc.string(), (query) => {
        const { config } = decodeQuery(query);
        expect(validateConfig(config).problems).toEqual([]);
      }),
    );
    const { preset, config, problems } = decodeQuery('?preset=huge&seed=-1&steps=5&steps=6&step=7');
    expect(preset).toBe('demo');
    expect(config).toEqual({ ...DEFAULTS, steps: 5 });
    expect(problems.map(({ key }) => key)).toEqual(['preset', 'steps', 'step', 'seed']);
  });

  test('asks after a key that looks like one of ours, and lets a stranger’s pass', () => {
    const meant = (key: string) => decodeQuery(`${key}=1`, ['device', 'program']).problems[0]?.message;
    for (const [typed, ours] of [
      ['learningRate', 'learning-rate'],
      ['learning_rate', 'learning-rate'],
      ['temprature', 'temperature'],
      ['tempreature', 'temperature'],
      ['proposal-per-kind', 'proposals-per-kind'],
      ['presets', 'preset'],
      ['sede', 'seed'],
      ['devices', 'device'],
    ]) {
      expect(meant(typed as string), typed).toContain(`did you mean “${ours}”?`);
    }
    const strangers = [
      ...['utm_source', 'utm_medium', 'utm_campaign', 'utm_term', 'utm_content', 'utm_id', 'fbclid', 'gclid'],
      ...[
        'msclkid',
        'dclid',
        'mc_eid',
        '_ga',
        'igshid',
        'si',
        'ref',
        'source',
        'v',
        'view',
        'q',
        'lang',
        'hl',
      ],
      ...['share', 'feature', 'session', 'token', 'code', 'state', 'page', 'id', 'theme', '__proto__', ''],
    ];
    for (const key of strangers) expect(meant(key), key).toBeUndefined();
  });

  test('says one sentence of all switches that are gone, and reads the rest', () => {
    const { config, problems, retired } = decodeQuery('weight-decay=0.1&ppo-clip=true&steps=5&ppo-clip=1');
    expect(config).toEqual({ ...DEFAULTS, steps: 5 });
    expect(problems).toEqual([]);
    expect(retired).toMatch(/^weight-decay \(.*\) and ppo-clip \(.*\) are no longer switches; .*\.$/);
  });

  test('a wrong value falls back to the preset it came with', () => {
    expect(decodeQuery('preset=ci&steps=none').config.steps).toBe(20);
  });
});
