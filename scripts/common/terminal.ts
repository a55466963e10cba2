/** What a command shows of its progress: one line of the terminal, a bar, a time in words. */

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

  /** Takes the line away, to make room for one that stays. */
  clear(): void {
    if (this.stream.isTTY) this.stream.write('\r\x1b[K');
  }

  /** Ends the line. */
  done(message: string): void {
    this.clear();
    this.stream.write(`${message} (${duration((performance.now() - this.started) / 1000)})\n`);
  }
}

/** How much of `total` is done, as a bar of fixed width. */
export function bar(done: number, total: number): string {
  const filled = total > 0 ? Math.round((WIDTH * Math.min(done, total)) / total) : 0;
  return `[${'█'.repeat(filled)}${'·'.repeat(WIDTH - filled)}]`;
}

/** A time in the unit that a person would choose. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.max(0, Math.round(seconds))} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
