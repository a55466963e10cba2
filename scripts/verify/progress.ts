/** How far the file is: a bar, the cases so far, the time that is left. */
import { bar, duration, StatusLine } from '../common/terminal.ts';

export class FileProgress {
  private readonly started = performance.now();
  private readonly line = new StatusLine();

  constructor(private readonly bytes: number) {}

  show(bytesRead: number, cases: number): void {
    const left = bytesRead > 0 ? (this.seconds() * (this.bytes - bytesRead)) / bytesRead : 0;
    this.line.write(`${bar(bytesRead, this.bytes)} ${cases} cases, ${duration(left)} left`, false);
  }

  /** Makes room for a line that is printed. */
  clear(): void {
    this.line.clear();
  }

  done(cases: number): void {
    const rate = cases / Math.max(this.seconds(), 1e-3);
    this.line.done(`${cases} cases, ${rate.toFixed(0)} a second`);
  }

  private seconds(): number {
    return (performance.now() - this.started) / 1000;
  }
}
