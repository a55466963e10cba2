/** The sandbox with a stopwatch beside it, and the one who tells the page what it says. */
import type { Event, SandboxReport } from '../run/protocol.ts';
import type { RunRequest, RunResult, Sandbox } from '../sandbox/sandbox.ts';

/** Judged as soon as Python is there, only to know how long the first verdict takes. */
const FIRST_PROGRAM: RunRequest = { program: 'def f(x):\n    return x', inputs: ['5'], runs: 1 };

/** A sandbox that also measures what its own statistics cannot: from the page's call to the first verdict. */
export class WatchedSandbox implements Sandbox {
  /** Called whenever {@link report} may have changed. */
  onChange: () => void = () => {};
  private firstVerdictMs: number | null = null;
  private busyMs = 0;
  private busySince = 0;
  private underWay = 0;

  constructor(
    private readonly sandbox: Sandbox,
    /** When the page called for it, in milliseconds since 1970: it began in another thread. */
    private readonly openedAt: number,
  ) {}

  async run(requests: readonly RunRequest[]): Promise<RunResult[]> {
    if (this.underWay++ === 0) this.busySince = performance.now();
    try {
      const judging = this.sandbox.run(requests);
      this.onChange();
      const results = await judging;
      this.firstVerdictMs ??= Date.now() - this.openedAt;
      return results;
    } finally {
      if (--this.underWay === 0) this.busyMs += performance.now() - this.busySince;
      this.onChange();
    }
  }

  /** Whether it has judged anything yet. */
  get isUp(): boolean {
    return this.firstVerdictMs !== null;
  }

  async ready(onProgress?: Parameters<Sandbox['ready']>[0]): Promise<void> {
    await this.sandbox.ready(onProgress);
    // A failure would be no failed start: it shows at the next run.
    if (this.firstVerdictMs === null) await this.run([FIRST_PROGRAM]).catch(() => undefined);
  }

  stats() {
    return this.sandbox.stats();
  }

  report(): SandboxReport {
    const running = this.underWay > 0 ? performance.now() - this.busySince : 0;
    return { ...this.stats(), firstVerdictMs: this.firstVerdictMs, busyMs: this.busyMs + running };
  }

  close(): void {
    this.sandbox.close();
  }
}

/** Milliseconds between two reports. */
const PAUSE_BETWEEN = 250;

/** Tells of the sandbox during one run, often enough to see its queue, seldom enough to cost nothing. */
export class SandboxReporter {
  private readonly before: SandboxReport;
  private lastTold = Number.NEGATIVE_INFINITY;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly sandbox: WatchedSandbox,
    private readonly emit: (event: Event) => void,
  ) {
    this.before = sandbox.report();
    sandbox.onChange = () => this.tellSoon();
  }

  /** What the sandbox says now; numbers that add up count from the beginning of this run. */
  report(): SandboxReport {
    const { runs, respawned, busyMs, ...now } = this.sandbox.report();
    return {
      ...now,
      runs: runs - this.before.runs,
      respawned: respawned - this.before.respawned,
      busyMs: busyMs - this.before.busyMs,
    };
  }

  private tellSoon(): void {
    if (this.timer !== undefined) return;
    const tell = () => {
      this.timer = undefined;
      this.lastTold = performance.now();
      this.emit({ type: 'sandbox', sandbox: this.report() });
    };
    const wait = this.lastTold + PAUSE_BETWEEN - performance.now();
    if (wait <= 0) tell();
    else this.timer = setTimeout(tell, wait);
  }
}
