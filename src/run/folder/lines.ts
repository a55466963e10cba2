/** What a run says, as lines of the files of its folder. */
import type { SuiteScores } from '../../benchmark/scores.ts';
import type { Task } from '../../tasks/task.ts';
import { metricsLine, timingLine } from '../../watch/metrics/files.ts';
import type { StepMetrics } from '../../watch/metrics/table.ts';
import type { Event } from '../protocol.ts';
import { type Attempted, logged } from '../verdictLog.ts';
import type { GrowingFile, RunBase, RunEngine } from './layout.ts';

/** The last time that a run was measured on held-out tasks. */
export interface Evaluation {
  step: number;
  heldOut: SuiteScores;
  base: SuiteScores;
  baseForced: SuiteScores;
}

export class RunLines {
  engine: RunEngine | null = null;
  base: RunBase | null = null;
  evaluation: Evaluation | null = null;
  /** Whether its base was made in the run itself. */
  isWarmedUp = false;
  private readonly tasks = new Map<string, Task>();
  /** The step that is under way. */
  private step = 1;
  private isRecalling = false;

  /** `write` takes every line as it is known. */
  constructor(private readonly write: (file: GrowingFile, line: object) => void) {}

  /** What is written already, by the run that this one goes on from. */
  recall(events: readonly Event[]): void {
    this.isRecalling = true;
    for (const event of events) this.take(event);
    this.isRecalling = false;
  }

  take(event: Event): void {
    switch (event.type) {
      case 'engine':
        this.engine = { backend: event.backend, adapter: event.device, parameters: event.parameters };
        this.tell(event);
        break;
      case 'step':
        this.append('metrics.jsonl', metricsLine(event.metrics));
        this.append('timing.jsonl', { ...timingLine(event.metrics), sandbox: event.sandbox });
        this.stepEnded(event.metrics);
        break;
      case 'tasks':
        for (const task of event.added) this.tasks.set(task.id, task);
        for (const { id, solveRate } of event.updated) {
          const task = this.tasks.get(id);
          if (task) this.tasks.set(id, { ...task, solveRate });
        }
        if (event.evicted.length > 0) this.tell({ ...event, added: [], updated: [] });
        break;
      case 'attempts':
        for (const attempt of event.attempts) this.append('attempts.jsonl', attempt);
        break;
      case 'verdicts':
        for (const attempt of event.blocked) this.append('uhoh.jsonl', uhOhLine(attempt));
        if (Object.keys(event.counts).length > 0) this.tell({ ...event, blocked: [] });
        break;
      case 'hacks':
        for (const hack of event.hacks) this.append('uhoh.jsonl', uhOhLine(logged(hack)));
        break;
      case 'warm-up':
        this.isWarmedUp = true;
        this.tell(event);
        break;
      case 'base':
        this.base = { name: event.name, sha256: event.sha256 ?? null };
        this.tell(event);
        break;
      case 'ladder':
      case 'stage':
      case 'rejected':
        this.tell(event);
        break;
      default:
        break;
    }
  }

  /** How many of its tasks people wrote. */
  get byHand(): number {
    return [...this.tasks.values()].filter((task) => task.byHand).length;
  }

  /** The text of tasks.jsonl: every task that entered a buffer, with its latest solve rate. */
  tasksText(): string {
    return [...this.tasks.values()].map((task) => `${JSON.stringify(task)}\n`).join('');
  }

  private stepEnded({ step, heldOut, base, baseForced }: StepMetrics): void {
    this.step = step + 1;
    if (heldOut && base && baseForced) this.evaluation = { step, heldOut, base, baseForced };
  }

  private append(file: GrowingFile, line: object): void {
    if (!this.isRecalling) this.write(file, line);
  }

  /** Into events.jsonl goes what no other file has, so that a page can draw the run again. */
  private tell(event: Event): void {
    this.append('events.jsonl', { step: this.step, event });
  }
}

/** One line of uhoh.jsonl: what was tried under one name, whoever refused it. */
function uhOhLine(attempt: Attempted): Record<string, unknown> {
  const { step, role, kind, category, program, input, reward, times } = attempt;
  const [tried, detail, answer] =
    'hack' in attempt ? [attempt.hack, null, attempt.answer] : [attempt.refusal, attempt.detail, null];
  return { step, role, kind, category, tried, detail, program, input, answer, reward, times };
}
