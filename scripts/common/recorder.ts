/** Writes what a run says into the files of its folder, as it says it. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GROWING, type RunHeader } from '../../src/run/folder/layout.ts';
import { RunLines } from '../../src/run/folder/lines.ts';
import type { FolderRun } from '../../src/run/folder/read.ts';
import { linesUpTo } from '../../src/run/folder/told.ts';
import { kelvinJson, restingFiles } from '../../src/run/folder/write.ts';
import type { Event, Fault, KeptRun } from '../../src/run/protocol.ts';
import { writeFiles } from './keeping.ts';

export class Recorder {
  readonly notices: Fault[] = [];
  private readonly lines: RunLines;

  /** `from`: an earlier run in the folder that this one goes on from; null for a new one. */
  constructor(
    private readonly folder: string,
    private readonly header: RunHeader,
    from: Pick<FolderRun, 'run' | 'events'> | null = null,
  ) {
    mkdirSync(folder, { recursive: true });
    for (const name of GROWING) {
      const path = join(folder, name);
      const before =
        from && existsSync(path) ? linesUpTo(readFileSync(path, 'utf8'), from.run.state.step) : [];
      writeFileSync(path, before.map((line) => `${JSON.stringify(line)}\n`).join(''));
    }
    this.lines = new RunLines((file, line) =>
      appendFileSync(join(folder, file), `${JSON.stringify(line)}\n`),
    );
    this.lines.recall(from?.events ?? []);
    this.writeHeader();
  }

  take(event: Event): void {
    this.lines.take(event);
    if (event.type === 'engine' || event.type === 'base') this.writeHeader();
    if (event.type === 'fault' && !event.fault.fatal) this.notices.push(event.fault);
  }

  /** Writes what is known only at the end. */
  finish(kept: KeptRun): void {
    writeFiles(this.folder, restingFiles(this.header, this.lines, kept));
  }

  private writeHeader(): void {
    writeFiles(this.folder, { 'kelvin.json': kelvinJson(this.header, this.lines) });
  }
}
