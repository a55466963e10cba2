import { expect, test } from 'vitest';
import { HYPERPARAMETERS } from '../../src/config/hyperparameters.ts';
import { presetConfig } from '../../src/config/presets.ts';
import { RETIRED } from '../../src/config/retired.ts';
import { HelpAsked } from '../common/commandLine.ts';
import { UsageError } from '../common/usageError.ts';
import { readLabOptions } from './options.ts';

test('without flags the default preset runs', () => {
  const options = readLabOptions([]);
  expect(options).toMatchObject({ preset: 'demo', device: 'auto', out: 'runs/demo', retired: [] });
  expect(options.config).toEqual(presetConfig('demo'));
});

test('every hyper-parameter is a flag', () => {
  for (const { key, urlKey, default: value } of HYPERPARAMETERS) {
    if (value === '') continue;
    expect(readLabOptions([`--${urlKey}`, String(value)]).config[key]).toBe(value);
    expect(() => readLabOptions(['--help'])).toThrow(`--${urlKey} `);
  }
  expect(() => readLabOptions(['--help'])).toThrow(HelpAsked);
});

test('flags change the preset, in both spellings', () => {
  const { config, out, device, program } = readLabOptions(
    '--preset ci --seed=7 --steps 3 --kl-propose 0.25 --error true --device wasm --program mine.py --out somewhere'.split(
      ' ',
    ),
  );
  expect(config).toEqual({ ...presetConfig('ci'), seed: 7, steps: 3, klPropose: 0.25, error: true });
  expect([out, device, program]).toEqual(['somewhere', 'wasm', 'mine.py']);
});

test('a switch that is gone is left out, with its value', () => {
  const known = new Set(HYPERPARAMETERS.map(({ urlKey }) => urlKey));
  const gone = Object.keys(RETIRED).filter((name) => !known.has(name));
  const { config, retired } = readLabOptions([...gone.flatMap((name) => [`--${name}`, '1']), '--steps', '3']);
  expect(config).toEqual({ ...presetConfig('demo'), steps: 3 });
  expect(retired).toEqual(gone);
});

test.each([
  ['--stepz 3', /no flag --stepz; did you mean --steps\? --help/],
  ['--steps', /--steps needs a value/],
  ['--steps --seed 3', /--steps needs a value/],
  ['--steps many', /must be a whole number from 1 to 10,000\.$/],
  ['--error perhaps', /must be true or false\.$/],
  ['--steps 1 --steps 2', /given twice/],
  ['--preset cu', /no preset “cu”/],
  ['--device tpu', /--device must be one of/],
  ['steps 3', /not a flag/],
  ['--size pico', /There are shipped bases of level 1: “shipped” of nano, small.*; of level 2: .*\.$/],
])('%s is refused in one plain line', (line, message) => {
  expect(() => readLabOptions(line.split(' '))).toThrow(UsageError);
  expect(() => readLabOptions(line.split(' '))).toThrow(message);
});
