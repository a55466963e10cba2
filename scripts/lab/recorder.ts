/** Writes what a run says into the files of its folder, as it says it. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Event, Fault } from '../../src/run/protocol.ts';
import { type Attempted, logged } from '../../src/run/verdictLog.ts';
import type { Task } from '../../src/tasks/task.ts';
import { metricsLine, timingLine } from '../../src/watch/metrics/files.ts';
import { upTo } from './keeping.ts';

/** Files that grow with every step. */
const GROWING = ['metrics.jsonl', 'timing.jsonl', 'attempts.jsonl', 'uhoh.jsonl'] as const;

export class Recorder {
  private readonly tasks = new Map<string, Task>();
  engine: Extract<Event, { type: 'engine' }> | null = null;
  readonly notices: Fault[] = [];

  /** `taken`: steps of an earlier run in the folder that this one goes on from; 0 for a new one. */
  constructor(
    private readonly folder: string,
    private readonly header: Readonly<Record<string, unknown>>,
    taken = 0,
  ) {
    mkdirSync(folder, { recursive: true });
    for (const name of GROWING) {
      const path = join(folder, name);
      writeFileSync(path, taken > 0 && existsSync(path) ? upTo(readFileSync(path, 'utf8'), taken) : '');
    }
    const tasks = join(folder, 'tasks.jsonl');
    if (taken > 0 && existsSync(tasks)) {
      for (const line of readFileSync(tasks, 'utf8').split('\n').filter(Boolean)) {
        const task = JSON.parse(line) as Task;
        if (task.step <= taken) this.tasks.set(task.id, task);
      }
    }
    this.writeConfig();
  }

  take(event: Event): void {
    switch (event.type) {
      case 'engine':
        this.engine = event;
        this.writeConfig();
        break;
      case 'step':
        this.append('metrics.jsonl', metricsLine(event.metrics));
        this.append('timing.jsonl', { ...timingLine(event.metrics), sandbox: event.sandbox });
        break;
      case 'tasks':
        for (const task of event.added) this.tasks.set(task.id, task);
        for (const { id, solveRate } of event.updated) {
          const task = this.tasks.get(id);
          if (task) this.tasks.set(id, { ...task, solveRate });
        }
        break;
      case 'attempts':
        for (const attempt of event.attempts) this.append('attempts.jsonl', attempt);
        break;
      case 'verdicts':
        for (const attempt of event.blocked) this.append('uhoh.jsonl', uhOhLine(attempt));
        break;
      case 'hacks':
        for (const hack of event.hacks) this.append('uhoh.jsonl', uhOhLine(logged(hack)));
        break;
      case 'fault':
        if (!event.fault.fatal) this.notices.push(event.fault);
        break;
      default:
        break;
    }
  }

  /** Writes what is known only at the end. */
  finish(): void {
    const lines = [...this.tasks.values()].map((task) => JSON.stringify(task));
    writeFileSync(join(this.folder, 'tasks.jsonl'), lines.map((line) => `${line}\n`).join(''));
  }

  private writeConfig(): void {
    const engine = this.engine && {
      backend: this.engine.backend,
      adapter: this.engine.device,
      parameters: this.engine.parameters,
    };
    const text = JSON.stringify({ ...this.header, engine }, null, 2);
    writeFileSync(join(this.folder, 'kelvin.json'), `${text}\n`);
  }

  private append(name: (typeof GROWING)[number], value: unknown): void {
    appendFileSync(join(this.folder, name), `${JSON.stringify(value)}\n`);
  }
}

/** One line of uhoh.jsonl: what was tried under one name, whoever refused it. */
function uhOhLine(attempt: Attempted): Record<string, unknown> {
  const { step, role, kind, category, program, input, reward, times } = attempt;
  const [tried, detail, answer] =
    'hack' in attempt ? [attempt.hack, null, attempt.answer] : [attempt.refusal, attempt.detail, null];
  return { step, role, kind, category, tried, detail, program, input, answer, reward, times };
}
