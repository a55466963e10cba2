/**
 * Which tab has a run. The tab that goes on with it holds its lock (Web Locks, so that a tab that was closed or died
 * lets go of it); the others may only look.
 */
export class RunLocks {
  /** The run that this tab alone may write, and how it lets go of it. */
  private held: { id: string; release: () => void } | null = null;

  /**
   * Holds a run for this tab alone, until it has another. False where another tab has it: two that write one run would
   * leave neither.
   */
  async hold(id: string): Promise<boolean> {
    if (this.held?.id === id) return true;
    return new Promise((resolve, reject) => {
      const asked = navigator.locks.request(nameOf(id), { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        if (lock === null) return;
        this.release();
        return new Promise<void>((release) => {
          this.held = { id, release };
        });
      });
      asked.catch(reject);
    });
  }

  release(): void {
    this.held?.release();
    this.held = null;
  }

  /** Whether another tab has it. */
  async isElsewhere(id: string): Promise<boolean> {
    if (this.held?.id === id) return false;
    const { held = [] } = await navigator.locks.query();
    return held.some(({ name, mode }) => name === nameOf(id) && mode === 'exclusive');
  }

  /** Resolves when no tab has it. Rejects when it is told to stop waiting. */
  async whenFree(id: string, signal: AbortSignal): Promise<void> {
    // Shared: those who look do not keep each other waiting.
    await navigator.locks.request(nameOf(id), { mode: 'shared', signal }, () => {});
  }
}

function nameOf(id: string): string {
  return `kelvin-run-${id}`;
}
