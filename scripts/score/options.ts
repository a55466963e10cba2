/** The command line of `npm run score`. */

import { DEFAULTS } from '../../src/config/hyperparameters.ts';
import { presetConfig } from '../../src/config/presets.ts';
import {
  BASE_TEXT,
  BASE_VARIANTS,
  type BaseVariant,
  LEVEL_IDS,
  type LevelId,
} from '../../src/language/level.ts';
import { SIZES, type SizeName } from '../../src/reasoner/config.ts';
import { baseFolder } from '../../src/trainer/shippedBase.ts';
import { type CommandLine, readCommandLine } from '../common/commandLine.ts';
import { choice, text, toggle, whole } from '../common/flag.ts';
import { level } from '../common/levelFlag.ts';
import { UsageError } from '../common/usageError.ts';

const DEVICES = ['wasm', 'webgpu', 'cpu'] as const;

/** Held-out tasks by kind and tier of Kelvin's own suites, when nothing is said. */
const TASKS = 200;

export interface ScoreOptions {
  /** The weights: a file, or a shipped base. */
  weights: { checkpoint: string } | { base: SizeName; variant: BaseVariant };
  level: LevelId;
  /** Suite made elsewhere; null for Kelvin's own suites. */
  suite: string | null;
  /** Held-out tasks by kind and tier, and questions by type; most cases of a suite made elsewhere, perhaps Infinity. */
  tasks: number;
  /** Null: pass@k is not measured. */
  passK: { k: number; n: number } | null;
  /** Also prints what went wrong first, by tier. */
  errors: boolean;
  /** Longest response, in tokens. */
  maxNewTokens: number;
  seed: number;
  device: (typeof DEVICES)[number];
  out: string;
}

/** E.g. `small-thinking thinks before nearly every answer`. */
const BASES = BASE_VARIANTS.map(
  (variant) => `${baseFolder('small', 1, variant)} ${BASE_TEXT[variant].does}`,
).join('; ');

const FLAGS = {
  checkpoint: text('FILE', 'a checkpoint that Kelvin wrote (safetensors)'),
  base: text('NAME', `a base of public/bases, by its size and which one: ${BASES}`),
  level: level(`level of the task language, ${LEVEL_IDS.join(' or ')}`),
  suite: text('FILE', 'a suite made elsewhere: JSONL with code, input and output, as in CRUXEval'),
  tasks: whole(
    [1, 10_000],
    `held-out tasks by kind and tier, and questions by type (${TASKS}); of a suite, the first N lines that can be expressed (all)`,
  ),
  'pass-k': whole([1, 1000], 'also samples, and estimates pass@N'),
  samples: whole([1, 1000], 'of so many samples a task; as many as --pass-k says when not given'),
  errors: toggle(
    'also prints, by tier, what the wrong held-out deductions did wrong first and at which turns they went to a wrong line, which programs are answered right, how abductions search, and which inductions are found',
  ),
  'max-solve-tokens': whole(
    [8, 2048],
    `longest response; the preset climb gives ${presetConfig('climb').maxSolveTokens}`,
    DEFAULTS.maxSolveTokens,
  ),
  seed: whole([0, 4_294_967_295], 'of the suites and the samples', 1),
  device: choice(DEVICES, `that computes: ${DEVICES.join(', ')}`, 'wasm'),
  out: text('FILE', 'the report', 'runs/score.json'),
};

const LINE: CommandLine<typeof FLAGS> = {
  usage: 'npm run score -- (--checkpoint FILE | --base NAME) [flags]',
  about: `Measures a reasoner on suites that nobody trains on, greedy and forced to think: generated programs of the held-out
class by kind and tier, hand-written classics by kind, arithmetic by type; or on a suite made elsewhere, as far as the
reasoner can express it. Prints a table and writes the report as JSON. docs/suites.md says what each suite holds.`,
  flags: FLAGS,
};

/** Throws a `UsageError` in one plain line, and `HelpAsked` on `--help`. */
export function readScoreOptions(args: readonly string[]): ScoreOptions {
  const { values } = readCommandLine(args, LINE);
  const { checkpoint, base, suite, tasks, errors, seed, device, out } = values;
  if (errors && suite !== null) {
    throw new UsageError(
      '--errors compares with thoughts that a suite made elsewhere does not have; leave out one of both.',
    );
  }
  return {
    weights: weightsOf(checkpoint, base),
    level: values.level,
    suite,
    tasks: tasks ?? (suite === null ? TASKS : Number.POSITIVE_INFINITY),
    passK: passKOf(values['pass-k'], values.samples),
    errors,
    maxNewTokens: values['max-solve-tokens'],
    seed,
    device,
    out,
  };
}

function passKOf(k: number | null, n: number | null): ScoreOptions['passK'] {
  if (k === null) {
    if (n === null) return null;
    throw new UsageError('--samples says of how many samples --pass-k is estimated; give --pass-k too.');
  }
  if (n !== null && n < k) throw new UsageError(`--samples must be at least --pass-k, which is ${k}.`);
  return { k, n: n ?? k };
}

function weightsOf(checkpoint: string | null, base: string | null): ScoreOptions['weights'] {
  if (checkpoint !== null && base !== null) throw new UsageError('Either --checkpoint or --base, not both.');
  if (checkpoint !== null) return { checkpoint };
  if (base === null) {
    throw new UsageError('Which weights? --checkpoint FILE, or --base NAME for one of public/bases.');
  }
  const [size = '', variant = 'shipped'] = base.split('-');
  if (!Object.hasOwn(SIZES, size)) {
    throw new UsageError(`There is no size “${size}”; there are ${Object.keys(SIZES).join(', ')}.`);
  }
  if (!BASE_VARIANTS.some((known) => known === variant)) {
    throw new UsageError(`There is no base “${base}”; after the size may stand which one: ${BASES}.`);
  }
  return { base: size as SizeName, variant: variant as BaseVariant };
}
