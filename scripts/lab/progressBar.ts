/** The progress of a run on one line of the terminal, or on a line now and then where there is no terminal. */
import type { Progress } from '../../src/run/protocol.ts';
import type { StepMetrics } from '../../src/selfplay/metrics.ts';

const WIDTH = 24;

export class ProgressBar {
  private readonly started = performance.now();
  private firstStepAt: number | null = null;
  private lastLine = 0;
  private lastLabel = '';

  constructor(
    private readonly steps: number,
    private readonly stream: NodeJS.WriteStream = process.stderr,
  ) {}

  /** Preparation: what is being done, how far, how long it may still take. */
  prepare({ label, done, total, secondsLeft }: Progress): void {
    const left = secondsLeft === null ? '' : `, ${duration(secondsLeft)} left`;
    this.write(`${bar(done, total)} ${label}${left}`, label !== this.lastLabel);
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
    const isWorthALine = done === this.steps || now - this.lastLine > 20_000;
    this.write(`${bar(done, this.steps)} ${facts.join(', ')}${left}`, isWorthALine);
  }

  /** Ends the line. */
  done(message: string): void {
    if (this.stream.isTTY) this.stream.write('\r\x1b[K');
    this.stream.write(`${message} (${duration((performance.now() - this.started) / 1000)})\n`);
  }

  private write(text: string, isWorthALine: boolean): void {
    if (this.stream.isTTY) {
      this.stream.write(`\r\x1b[K${text.slice(0, (this.stream.columns ?? 100) - 1)}`);
    } else if (isWorthALine) {
      this.lastLine = performance.now();
      this.stream.write(`${text}\n`);
    }
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
