/** The command line of `npm run verify`. */
import { availableParallelism } from 'node:os';
import { UsageError } from '../common/usageError.ts';

export interface VerifyOptions {
  file: string;
  /** Admits the whole deterministic standard library instead of the allow-list. */
  stdlib: boolean;
  /** Step budget of each run; null for the mode's own. */
  steps: number | null;
  workers: number;
  timeoutMs: number;
  /** File that takes every verdict. */
  json: string | null;
  /** Lines to judge; null for all. */
  limit: number | null;
  /** Leaves out the list of what was skipped; the counts stay. */
  quiet: boolean;
  help: boolean;
}

const NUMBERS = {
  steps: [1, 1_000_000_000],
  workers: [1, 64],
  'timeout-ms': [100, 3_600_000],
  limit: [1, 1_000_000_000],
} as const;
const SWITCHES = ['stdlib', 'quiet', 'help'];
const USUAL_TIMEOUT = 10_000;
const USUAL_WORKERS = Math.min(availableParallelism(), 8);

type NumberFlag = keyof typeof NUMBERS;

/** Reads `file --flag value --flag=value --switch`, in any order. Throws a {@link UsageError}. */
export function readFlags(args: readonly string[]): VerifyOptions {
  const given = new Map<string, string>();
  const files: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    if (!arg.startsWith('-')) {
      files.push(arg);
      continue;
    }
    const [, flag = '', inline] = /^--([^=]*)(?:=(.*))?$/s.exec(arg) ?? [];
    const isSwitch = SWITCHES.includes(flag);
    if (!isSwitch && flag !== 'json' && !(flag in NUMBERS)) {
      throw new UsageError(`There is no flag ${arg.split('=')[0]}; --help lists them.`);
    }
    if (given.has(flag)) throw new UsageError(`--${flag} is given twice.`);
    if (isSwitch && inline !== undefined) throw new UsageError(`--${flag} takes no value.`);
    const value = isSwitch ? 'true' : (inline ?? args[++i]);
    if (value === undefined || value === '') throw new UsageError(`--${flag} needs a value.`);
    given.set(flag, value);
  }
  const help = given.has('help');
  if (files.length > 1) throw new UsageError(`One file at a time, not ${files.length}: ${files.join(', ')}.`);
  if (files.length === 0 && !help) throw new UsageError('Which file? npm run verify -- file.jsonl');
  const number = (flag: NumberFlag) => (given.has(flag) ? readNumber(flag, given.get(flag) as string) : null);
  return {
    file: files[0] ?? '',
    stdlib: given.has('stdlib'),
    steps: number('steps'),
    workers: number('workers') ?? USUAL_WORKERS,
    timeoutMs: number('timeout-ms') ?? USUAL_TIMEOUT,
    json: given.get('json') ?? null,
    limit: number('limit'),
    quiet: given.has('quiet'),
    help,
  };
}

function readNumber(flag: NumberFlag, text: string): number {
  const [least, most] = NUMBERS[flag];
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new UsageError(`--${flag} must be a whole number from ${least} to ${most}, not “${text}”.`);
}

/** What `--help` prints. */
export function usage(): string {
  return `npm run verify -- file.jsonl [flags]

Judges a suite made elsewhere: runs every program of the file in the page's own sandbox, in headless Chromium,
and compares what it returns with the expected output, by type and value. Prints every disagreement; the last
line is "agreement A/N (skipped S)". docs/verify.md says which layouts are read and what is skipped.

  --stdlib         admit classes and the whole deterministic standard library (without it, the allow-list)
  --steps N        step budget of each run (without it, that of the mode)
  --workers N      programs run at the same time (${USUAL_WORKERS} here)
  --timeout-ms N   milliseconds after which a program is ended (${USUAL_TIMEOUT})
  --json FILE      write every verdict to FILE
  --limit N        judge the first N lines only
  --quiet          do not list what was skipped
  --help           this text

Exit code: 0 when everything judged agrees, 1 when something disagrees, 2 when nothing could be judged.`;
}
