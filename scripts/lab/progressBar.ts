/** The progress of a run: its preparation, then its steps with what they brought. */
import type { Progress } from '../../src/run/protocol.ts';
import type { StepMetrics } from '../../src/watch/metrics/table.ts';
import { bar, duration, StatusLine } from '../common/terminal.ts';

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

function percent(share: number | undefined): string {
  return share === undefined ? '–' : `${Math.round(100 * share)} %`;
}
