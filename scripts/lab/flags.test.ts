import { expect, test } from 'vitest';
import { HYPERPARAMETERS } from '../../src/config/hyperparameters.ts';
import { presetConfig } from '../../src/config/presets.ts';
import { UsageError } from '../common/usageError.ts';
import { readFlags, usage } from './flags.ts';

test('without flags the default preset runs', () => {
  const options = readFlags([]);
  expect(options).toMatchObject({ preset: 'demo', device: 'auto', out: 'runs/demo' });
  expect(options.config).toEqual(presetConfig('demo'));
});

test('every hyper-parameter is a flag', () => {
  for (const { key, urlKey, default: value } of HYPERPARAMETERS) {
    expect(readFlags([`--${urlKey}`, String(value)]).config[key]).toBe(value);
    expect(usage()).toContain(`--${urlKey} `);
  }
});

test('flags change the preset, in both spellings', () => {
  const { config, out, device, program } = readFlags(
    '--preset ci --seed=7 --steps 3 --kl-propose 0.25 --device wasm --program mine.py --out somewhere'.split(
      ' ',
    ),
  );
  expect(config).toEqual({ ...presetConfig('ci'), seed: 7, steps: 3, klPropose: 0.25 });
  expect([out, device, program]).toEqual(['somewhere', 'wasm', 'mine.py']);
});

test.each([
  ['--stepz 3', /no flag --stepz/],
  ['--steps', /needs a value/],
  ['--steps many', /must be a whole number from 1 to 10000\.$/],
  ['--steps 1 --steps 2', /given twice/],
  ['--preset cu', /no preset “cu”/],
  ['--device tpu', /--device must be one of/],
  ['steps 3', /not a flag/],
  ['--size pico', /There are shipped bases of nano, small.*\.$/],
])('%s is refused in one plain line', (line, message) => {
  expect(() => readFlags(line.split(' '))).toThrow(UsageError);
  expect(() => readFlags(line.split(' '))).toThrow(message);
});
