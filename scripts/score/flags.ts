/** The command line of `npm run score`. */
import { SIZES, type SizeName } from '../../src/reasoner/config.ts';
import { UsageError } from '../common/usageError.ts';

const DEVICES = ['wasm', 'webgpu', 'cpu'] as const;

export interface ScoreOptions {
  help: boolean;
  /** The weights: a file, or a shipped base. */
  weights: { checkpoint: string } | { base: SizeName };
  level: 1 | 2;
  /** Suite made elsewhere; null for Kelvin's own suites. */
  suite: string | null;
  /** Held-out tasks by kind and tier, and questions by type; most cases of a suite made elsewhere, perhaps Infinity. */
  tasks: number;
  /** Null: pass@k is not measured. */
  passK: { k: number; n: number } | null;
  seed: number;
  device: (typeof DEVICES)[number];
  out: string;
}

const VALUES = [
  'checkpoint',
  'base',
  'level',
  'suite',
  'tasks',
  'pass-k',
  'samples',
  'seed',
  'device',
  'out',
] as const;
type ValueFlag = (typeof VALUES)[number];

const USUAL = { level: 1, tasks: 200, seed: 1, device: 'wasm', out: 'runs/score.json' } as const;

/** Reads `--flag value` and `--flag=value`. Throws a {@link UsageError} in one plain line. */
export function readScoreFlags(args: readonly string[]): ScoreOptions {
  const given = new Map<string, string>();
  let help = false;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    const [, flag = '', inline] = /^--([^=]*)(?:=(.*))?$/s.exec(arg) ?? [];
    if (flag === 'help') {
      help = true;
      continue;
    }
    if (!VALUES.includes(flag as ValueFlag)) {
      throw new UsageError(`There is no flag ${arg.split('=')[0]}; --help lists them.`);
    }
    if (given.has(flag)) throw new UsageError(`--${flag} is given twice.`);
    const value = inline ?? args[++i];
    if (value === undefined || value === '') throw new UsageError(`--${flag} needs a value.`);
    given.set(flag, value);
  }
  const whole = (flag: ValueFlag, least: number, most: number): number | null => {
    const text = given.get(flag);
    if (text === undefined) return null;
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new UsageError(`--${flag} must be a whole number from ${least} to ${most}, not “${text}”.`);
  };
  const device = given.get('device') ?? USUAL.device;
  if (!DEVICES.includes(device as ScoreOptions['device'])) {
    throw new UsageError(`--device must be one of ${DEVICES.join(', ')}, not “${device}”.`);
  }
  const k = whole('pass-k', 1, 1000);
  const n = whole('samples', 1, 1000);
  if (n !== null && k === null)
    throw new UsageError('--samples says of how many samples --pass-k is estimated; give --pass-k too.');
  if (n !== null && k !== null && n < k)
    throw new UsageError(`--samples must be at least --pass-k, which is ${k}.`);
  return {
    help,
    weights: help ? { checkpoint: '' } : weightsOf(given.get('checkpoint'), given.get('base')),
    level: whole('level', 1, 2) === 2 ? 2 : USUAL.level,
    suite: given.get('suite') ?? null,
    tasks: whole('tasks', 1, 10_000) ?? (given.has('suite') ? Number.POSITIVE_INFINITY : USUAL.tasks),
    passK: k === null ? null : { k, n: n ?? k },
    seed: whole('seed', 0, 4_294_967_295) ?? USUAL.seed,
    device: device as ScoreOptions['device'],
    out: given.get('out') ?? USUAL.out,
  };
}

function weightsOf(checkpoint: string | undefined, base: string | undefined): ScoreOptions['weights'] {
  if (checkpoint !== undefined && base !== undefined) {
    throw new UsageError('Either --checkpoint or --base, not both.');
  }
  if (checkpoint !== undefined) return { checkpoint };
  if (base === undefined) {
    throw new UsageError('Which weights? --checkpoint FILE, or --base NAME for a shipped base.');
  }
  if (!(base in SIZES)) {
    throw new UsageError(`There is no size “${base}”; there are ${Object.keys(SIZES).join(', ')}.`);
  }
  return { base: base as SizeName };
}

/** What `--help` prints. */
export function scoreUsage(): string {
  return `npm run score -- (--checkpoint FILE | --base NAME) [flags]

Measures a reasoner on suites that nobody trains on, greedy and forced to think: generated programs of the held-out
class by kind and tier, hand-written classics by kind, arithmetic by type; or on a suite made elsewhere, as far as the
reasoner can express it. Prints a table and writes the report as JSON. docs/suites.md says what each suite holds.

  --checkpoint FILE  a checkpoint that Kelvin wrote (safetensors)
  --base NAME        a shipped base: its size, e.g. small
  --level N          level of the task language, 1 or 2 (${USUAL.level})
  --suite FILE       a suite made elsewhere: JSONL with code, input and output, as in CRUXEval
  --tasks N          held-out tasks by kind and tier, and questions by type (${USUAL.tasks}); of a suite, the first N lines
                     that can be expressed (all)
  --pass-k K         also samples, and estimates pass@K
  --samples N        from N samples a task (K)
  --seed N           of the suites and the samples (${USUAL.seed})
  --device NAME      ${DEVICES.join(', ')} (${USUAL.device})
  --out FILE         the report (${USUAL.out})
  --help             this text`;
}
