/** The conversation with the engine's Python: one JSON object a line, this process asks and Python answers, in order. */
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

interface Reply {
  id: number;
  result: unknown;
}

interface Waiter {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

export class Line {
  private readonly waiting = new Map<number, Waiter>();
  private asked = 0;
  private isClosed = false;

  /** `closed` is called when Python has gone: nobody answers any more. */
  constructor(
    from: Readable,
    private readonly to: Writable,
    closed: () => void = () => {},
  ) {
    const lines = createInterface({ input: from });
    lines.on('line', (line) => this.hear(JSON.parse(line) as Reply));
    lines.on('close', () => {
      this.isClosed = true;
      for (const { reject } of this.waiting.values()) reject(new Error('Python has ended.'));
      this.waiting.clear();
      closed();
    });
  }

  /** What Python answers. Rejects when it has ended. */
  ask<T>(method: string, params: object = {}): Promise<T> {
    if (this.isClosed) return Promise.reject(new Error('Python has ended.'));
    const id = this.asked++;
    this.to.write(`${JSON.stringify({ id, method, params })}\n`);
    return new Promise<T>((resolve, reject) => {
      this.waiting.set(id, { resolve: (result) => resolve(result as T), reject });
    });
  }

  private hear({ id, result }: Reply): void {
    this.waiting.get(id)?.resolve(result);
    this.waiting.delete(id);
  }
}
