import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CommandLine, HelpAsked, readCommandLine } from './commandLine.ts';
import { choice, list, number, text, toggle, whole } from './flag.ts';
import { UsageError } from './usageError.ts';

const FLAGS = {
  steps: whole([1, 100], 'of the run', 5),
  rate: number([-1, 1], 'of learning'),
  device: choice(['cpu', 'gpu'], 'that computes', 'cpu'),
  seeds: list('1,2', 'of the runs', Number),
  out: text('FILE', 'gets the results'),
  quiet: toggle('says nothing'),
};
const LINE: CommandLine<typeof FLAGS> = {
  usage: 'npm run thing -- [flags]',
  about: 'Does a thing.',
  flags: FLAGS,
  groups: [{ title: 'More', flags: { colour: text('NAME', 'of the thing') } }],
  takesNames: true,
  retired: ['old', 'steps'],
};
const read = (line: string) => readCommandLine(line.split(' ').filter(Boolean), LINE);

test('what is not given has its usual value', () => {
  expect(read('')).toEqual({
    values: { steps: 5, rate: null, device: 'cpu', seeds: null, out: null, quiet: false },
    texts: {},
    names: [],
    retired: [],
  });
});

test('both spellings, numbers below zero, names in between', () => {
  const line = 'a --steps=7 --rate -0.5 b --device gpu --seeds 3,1,3 --colour red --quiet c --out=x=y';
  expect(read(line)).toEqual({
    values: { steps: 7, rate: -0.5, device: 'gpu', seeds: [3, 1], out: 'x=y', quiet: true },
    texts: { colour: 'red' },
    names: ['a', 'b', 'c'],
    retired: [],
  });
});

test('a flag that is gone is taken with its value; one that is still there is not gone', () => {
  expect(read('--old 3 --steps 9')).toMatchObject({ values: { steps: 9 }, names: [], retired: ['old'] });
});

test.each([
  ['--step 3', 'There is no flag --step; did you mean --steps? --help lists them.'],
  ['--colur red', 'There is no flag --colur; did you mean --colour? --help lists them.'],
  ['--dev cpu', 'There is no flag --dev; did you mean --device? --help lists them.'],
  ['--elephant', 'There is no flag --elephant; --help lists them.'],
  ['--constructor 1', 'There is no flag --constructor; --help lists them.'],
  ['-q', 'There is no flag -q; --help lists them.'],
  ['--steps', '--steps needs a value.'],
  ['--steps=', '--steps needs a value.'],
  ['--out --quiet', '--out needs a value.'],
  ['--old', '--old needs a value.'],
  ['--quiet=yes', '--quiet takes no value.'],
  ['--steps 1 --steps=2', '--steps is given twice.'],
  ['--steps 0', '--steps must be a whole number from 1 to 100, not “0”.'],
  ['--steps 1e2', '--steps must be a whole number from 1 to 100, not “1e2”.'],
  ['--rate 1.5', '--rate must be a number from -1 to 1, not “1.5”.'],
  ['--device tpu', '--device must be one of cpu, gpu, not “tpu”.'],
  ['--seeds ,', '--seeds needs at least one value.'],
])('%s: %s', (line, message) => {
  expect(() => read(line)).toThrow(new UsageError(message));
});

test('a name is refused where none is taken', () => {
  expect(() => readCommandLine(['7'], { ...LINE, takesNames: false })).toThrow(
    new UsageError('“7” is not a flag; flags begin with --.'),
  );
});

test('the help names every flag with its value and default, and comes before every complaint', () => {
  expect(() => read('--elephant --help')).toThrow(HelpAsked);
  expect(() => read('--help')).toThrow(
    `npm run thing -- [flags]

Does a thing.

  --steps N      of the run (default 5)
  --rate X       of learning
  --device NAME  that computes (default cpu)
  --seeds 1,2    of the runs
  --out FILE     gets the results
  --quiet        says nothing
  --help         this text

More
  --colour NAME  of the thing`,
  );
});

test('no command line does anything but be read, be refused in one line or ask for help', () => {
  const word = fc.oneof(
    fc.constantFrom('--steps', '--out', '--quiet', '--colour=', '--seeds=1', '--', '-', '--help', '=', '--='),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 5 }), (args) => {
      try {
        readCommandLine(args, LINE);
      } catch (error) {
        expect(error instanceof HelpAsked || error instanceof UsageError).toBe(true);
      }
    }),
  );
});
