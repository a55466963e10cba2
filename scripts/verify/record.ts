/** The file of `--json`: every verdict, written as it falls. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { isCase } from '../common/suite/layout.ts';
import { UsageError } from '../common/usageError.ts';
import type { Judged } from './judge.ts';
import type { Tally } from './report.ts';

export class VerdictFile {
  private readonly file: number;
  private first = true;

  /** Throws a {@link UsageError} when the file cannot be written. */
  constructor(path: string, header: Readonly<Record<string, unknown>>) {
    try {
      this.file = openSync(path, 'w');
    } catch (error) {
      throw new UsageError(`${path} cannot be written: ${(error as NodeJS.ErrnoException).code}.`);
    }
    writeSync(this.file, `${JSON.stringify(header).slice(0, -1)},"verdicts":[`);
  }

  take(verdicts: readonly Judged[]): void {
    const lines = verdicts.map(({ item, verdict }) => JSON.stringify(record(item, verdict)));
    if (lines.length === 0) return;
    writeSync(this.file, `${this.first ? '' : ','}\n${lines.join(',\n')}`);
    this.first = false;
  }

  finish(tally: Tally): void {
    writeSync(this.file, `\n],"tally":${JSON.stringify(tally)}}\n`);
    closeSync(this.file);
  }
}

function record(item: Judged['item'], verdict: Judged['verdict']): Record<string, unknown> {
  const { line, id } = item;
  if (!isCase(item)) return { line, id, cases: item.cases, ...verdict };
  const { number, entry, input, expected } = item;
  return { line, id, case: number ?? 1, entry, input, expected, ...verdict };
}
