/** Thrown out of every wait of a run that was reset or replaced. */
export class AbandonedError extends Error {}

type Hold = 'none' | 'stage' | 'step';

/**
 * Pause, resume, step and reset of one run. The run calls {@link checkpoint} wherever it may be held and
 * {@link beforeStep} where a step begins; commands change what these wait for. Nothing here draws random
 * numbers, so a run that was paused gives the same results as one that was not.
 */
export class RunControl {
  private hold: Hold;
  private permits = 0;
  private isInStep = false;
  private isAbandoned = false;
  private wake: (() => void)[] = [];
  private errands: (() => Promise<void>)[] = [];
  private pausedMs = 0;

  /**
   * @param startPaused hold before the first step; preparation runs through.
   * @param onHold called when the run comes to rest (true) and when it goes on (false).
   */
  constructor(
    startPaused: boolean,
    private readonly onHold: (isHeld: boolean) => void,
  ) {
    this.hold = startPaused ? 'step' : 'none';
  }

  /** Holds the run before its next step, or earlier at a checkpoint that may hold it. */
  pause(): void {
    this.hold = 'stage';
    this.notify();
  }

  resume(): void {
    this.hold = 'none';
    this.notify();
  }

  /** Lets the run finish the step it is in, or do exactly one when it is between steps; then holds it. */
  step(): void {
    this.hold = 'step';
    this.permits = this.isInStep ? 0 : 1;
    this.notify();
  }

  /** Ends the run: every wait, now or later, throws an {@link AbandonedError}. */
  abandon(): void {
    this.isAbandoned = true;
    this.notify();
  }

  /** Runs `errand` at the next checkpoint, when nothing else uses the reasoner. */
  whenIdle(errand: () => Promise<void>): void {
    this.errands.push(errand);
    this.notify();
  }

  /** Milliseconds the run was held so far. */
  get heldMs(): number {
    return this.pausedMs;
  }

  /**
   * Lets commands in, runs errands, and, where it `mayHold`, waits while the run is paused. Within a step at full
   * speed it may not: a pause then means that the step is finished first, so that steps stay whole.
   */
  async checkpoint(mayHold: boolean): Promise<void> {
    await yieldToMessages();
    await this.waitWhile(() => mayHold && this.hold === 'stage');
  }

  /** Waits until a step may begin. */
  async beforeStep(): Promise<void> {
    this.isInStep = false;
    await yieldToMessages();
    await this.waitWhile(() => this.hold !== 'none' && this.permits === 0);
    if (this.permits > 0) this.permits--;
    this.isInStep = true;
  }

  /** Waits `seconds`, or until a command arrives that changes what the run should do. */
  async linger(seconds: number): Promise<void> {
    const started = performance.now();
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, seconds * 1000);
      this.wake.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
    this.pausedMs += performance.now() - started;
    await this.checkpoint(true);
  }

  /** Runs what is still waiting; for the end of a run. */
  async runErrands(): Promise<void> {
    await this.waitWhile(() => false);
  }

  private async waitWhile(isHeld: () => boolean): Promise<void> {
    let started: number | null = null;
    try {
      for (;;) {
        if (this.isAbandoned) throw new AbandonedError('The run was abandoned.');
        const errand = this.errands.shift();
        if (errand) await errand();
        else if (isHeld()) {
          if (started === null) {
            started = performance.now();
            this.onHold(true);
          }
          await new Promise<void>((resolve) => this.wake.push(resolve));
        } else return;
      }
    } finally {
      if (started !== null) {
        this.pausedMs += performance.now() - started;
        if (!this.isAbandoned) this.onHold(false);
      }
    }
  }

  private notify(): void {
    const waiting = this.wake;
    this.wake = [];
    for (const resolve of waiting) resolve();
  }
}

/**
 * Resolves after the messages that are already waiting have been handled. A message to oneself, not a timer:
 * timers are clamped in nested loops and throttled in hidden tabs.
 */
export function yieldToMessages(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
