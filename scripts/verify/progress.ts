/** How far the file is, on the last line of the terminal, or on a line now and then where there is none. */
import { bar, duration } from '../common/terminal.ts';

const QUIET_MS = 20_000;

export class FileProgress {
  private readonly started = performance.now();
  private lastLine = performance.now();

  constructor(
    private readonly bytes: number,
    private readonly stream: NodeJS.WriteStream = process.stderr,
  ) {}

  show(bytesRead: number, cases: number): void {
    const now = performance.now();
    const seconds = (now - this.started) / 1000;
    const left = bytesRead > 0 ? (seconds * (this.bytes - bytesRead)) / bytesRead : 0;
    const text = `${bar(bytesRead, this.bytes)} ${cases} cases, ${duration(left)} left`;
    if (this.stream.isTTY) this.stream.write(`\r\x1b[K${text.slice(0, (this.stream.columns ?? 100) - 1)}`);
    else if (now - this.lastLine > QUIET_MS) {
      this.lastLine = now;
      this.stream.write(`${text}\n`);
    }
  }

  /** Makes room for a line that is printed. */
  clear(): void {
    if (this.stream.isTTY) this.stream.write('\r\x1b[K');
  }

  done(cases: number): void {
    this.clear();
    const seconds = (performance.now() - this.started) / 1000;
    const rate = cases / Math.max(seconds, 1e-3);
    this.stream.write(`${cases} cases in ${seconds.toFixed(1)} s (${rate.toFixed(0)} a second)\n`);
  }
}
