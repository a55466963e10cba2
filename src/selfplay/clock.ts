import { TIMED_PHASES, type TimedPhase } from './records.ts';

/** Seconds of work by phase. What happens between the measured calls (pauses, slow motion) does not count. */
export class Clock {
  /** Seconds since the run began. */
  total = 0;
  private phases = noTime();

  /** Forgets the phases of the last step. */
  startStep(): void {
    this.phases = noTime();
  }

  phaseSeconds(): Record<TimedPhase, number> {
    return { ...this.phases };
  }

  /** Runs `work` on the clock; without a phase it counts in the total alone. */
  async time<T>(phase: TimedPhase | null, work: () => Promise<T>): Promise<T> {
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

function noTime(): Record<TimedPhase, number> {
  return Object.fromEntries(TIMED_PHASES.map((phase) => [phase, 0])) as Record<TimedPhase, number>;
}
