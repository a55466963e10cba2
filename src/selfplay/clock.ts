import type { StepMetrics } from './metrics.ts';

export type Phase = keyof StepMetrics['phaseSeconds'];

/** Seconds of work by phase. What happens between the measured calls (pauses, slow motion) does not count. */
export class Clock {
  /** Seconds since the run began. */
  total = 0;
  private phases = noTime();

  /** Forgets the phases of the last step. */
  startStep(): void {
    this.phases = noTime();
  }

  phaseSeconds(): StepMetrics['phaseSeconds'] {
    return { ...this.phases };
  }

  /** Runs `work` on the clock; without a phase it counts in the total alone. */
  async time<T>(phase: Phase | null, work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await work();
    } finally {
      const seconds = (performance.now() - start) / 1000;
      this.total += seconds;
      if (phase) this.phases[phase] += seconds;
    }
  }
}

function noTime(): StepMetrics['phaseSeconds'] {
  return { propose: 0, verify: 0, attempt: 0, judge: 0, update: 0 };
}
