/** The progress of a run on one line of the terminal, or on a line now and then where there is no terminal. */
import type { Progress } from '../../src/run/protocol.ts';
import type { StepMetrics } from '../../src/selfplay/metrics.ts';

const WIDTH = 24;

/** A line of the terminal that is written over, or lines now and then where there is no terminal. */
export class StatusLine {
  private readonly started = performance.now();
  private lastLine = Number.NEGATIVE_INFINITY;

  constructor(private readonly stream: NodeJS.WriteStream = process.stderr) {}

  /** Where there is no terminal, only what is worth a line is written, or what comes long after the last. */
  write(text: string, isWorthALine: boolean): void {
    if (this.stream.isTTY) {
      this.stream.write(`\r\x1b[K${text.slice(0, (this.stream.columns ?? 100) - 1)}`);
    } else if (isWorthALine || performance.now() - this.lastLine > 20_000) {
      this.lastLine = performance.now();
      this.stream.write(`${text}\n`);
    }
  }

  /** Ends the line. */
  done(message: string): void {
    if (this.stream.isTTY) this.stream.write('\r\x1b[K');
    this.stream.write(`${message} (${duration((performance.now() - this.started) / 1000)})\n`);
  }
}

export class ProgressBar {
  private readonly line = new StatusLine();
  private firstStepAt: number | null = null;
  private lastLabel = '';

  constructor(private readonly steps: number) {}

  /** Preparation: what is being done, how far, how long it may still take. */
  prepare({ label, done, total, secondsLeft }: Progress): void {
    const left = secondsLeft === null ? '' : `, ${duration(secondsLeft)} left`;
    this.line.write(`${bar(done, total)} ${label}${left}`, label !== this.lastLabel);
    this.lastLabel = label;
  }

  step(metrics: StepMetrics): void {
    const now = performance.now();
    this.firstStepAt ??= now;
    const done = metrics.step;
    const perStep = done > 1 ? (now - this.firstStepAt) / (done - 1) / 1000 : null;
    const left = perStep === null ? '' : `, ${duration(perStep * (this.steps - done))} left`;
    const thinks = metrics.thinkShare.deduction;
    const facts = [
      `step ${done}/${this.steps}`,
      `valid ${percent(metrics.validRate)}`,
      `solved ${percent(metrics.solveRate.deduction)}`,
      `thinks ${percent(thinks)}`,
      `buffer ${metrics.bufferSize}`,
    ];
    this.line.write(`${bar(done, this.steps)} ${facts.join(', ')}${left}`, done === this.steps);
  }

  /** Ends the line. */
  done(message: string): void {
    this.line.done(message);
  }
}

export function bar(done: number, total: number): string {
  const filled = total > 0 ? Math.round((WIDTH * Math.min(done, total)) / total) : 0;
  return `[${'█'.repeat(filled)}${'·'.repeat(WIDTH - filled)}]`;
}

function percent(share: number | undefined): string {
  return share === undefined ? '–' : `${Math.round(100 * share)} %`;
}

export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.max(0, Math.round(seconds))} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
