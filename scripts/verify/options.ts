/** The command line of `npm run verify`. */
import { availableParallelism } from 'node:os';
import { type CommandLine, readCommandLine } from '../common/commandLine.ts';
import { text, toggle, whole } from '../common/flag.ts';
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
}

const FLAGS = {
  stdlib: toggle('admit classes and the whole deterministic standard library (without it, the allow-list)'),
  steps: whole([1, 1_000_000_000], 'step budget of each run (without it, that of the mode)'),
  workers: whole([1, 64], 'programs run at the same time', Math.min(availableParallelism(), 8)),
  'timeout-ms': whole([100, 3_600_000], 'milliseconds after which a program is ended', 10_000),
  json: text('FILE', 'write every verdict to FILE'),
  limit: whole([1, 1_000_000_000], 'judge the first N lines only'),
  quiet: toggle('do not list what was skipped'),
};

const LINE: CommandLine<typeof FLAGS> = {
  usage: 'npm run verify -- file.jsonl [flags]',
  about: `Judges a suite made elsewhere: runs every program of the file in the page's own sandbox, in headless Chromium,
and compares what it returns with the expected output, by type and value. Prints every disagreement; the last
line is "agreement A/N (skipped S)". docs/verify.md says which layouts are read and what is skipped.`,
  flags: FLAGS,
  takesNames: true,
  notes:
    'Exit code: 0 when everything judged agrees, 1 when something disagrees, 2 when nothing could be judged.',
};

/** Throws a `UsageError` in one plain line, and `HelpAsked` on `--help`. */
export function readVerifyOptions(args: readonly string[]): VerifyOptions {
  const { values, names } = readCommandLine(args, LINE);
  const { 'timeout-ms': timeoutMs, ...others } = values;
  const [file] = names;
  if (file === undefined) throw new UsageError('Which file? npm run verify -- file.jsonl');
  if (names.length > 1) {
    throw new UsageError(`One file at a time, not ${names.length}: ${names.join(', ')}.`);
  }
  return { file, timeoutMs, ...others };
}
