/** Workers for tests of the pool: they answer, die and start as they are told, on whatever clock there is. */
import { Bell } from '../../src/sandbox/bell.ts';
import type { Spawn } from '../../src/sandbox/member.ts';
import type { FromWorker, ToWorker } from '../../src/sandbox/protocol.ts';
import type { Refusal } from '../../src/sandbox/sandbox.ts';

/** What a program does to its worker, and what it is to be refused for. */
export const KILLERS = {
  hang: 'timeout',
  /** Ends when the bell rings, if there is one. */
  dawdle: 'timeout',
  crash: 'error',
  garble: 'error',
  die: 'error',
  tamper: 'forbidden',
} as const satisfies Record<string, Refusal>;
export type Killer = keyof typeof KILLERS;

/** A request whose chunk a worker has begun, and how many requests the chunk had. */
type Begun = (program: string, inputs: readonly string[], chunkSize: number) => void;

interface Script {
  /** `answer` by default. */
  does?: (program: string) => 'answer' | Killer;
  /** How the nth start goes: it works, says that it failed, or never ends. */
  starts?: (n: number) => 'ready' | 'fails' | 'hangs';
  /** Milliseconds that the work on a chunk takes, and those until its answer is heard. */
  delay?: () => number;
  /** Heap after so many chunks. */
  heapBytes?: (chunks: number) => number;
  begun?: Begun;
}

/** Every answer is the program's own text with its input, so that a mix-up shows. */
export class ScriptedWorkers {
  started = 0;
  /** The most that were alive at once. */
  mostAlive = 0;
  readonly alive = new Set<number>();
  readonly boots: Extract<ToWorker, { type: 'boot' }>[] = [];
  /** Sizes of the chunks that each program was begun in. */
  readonly begunIn = new Map<string, number[]>();

  constructor(private readonly script: Script = {}) {}

  readonly spawn: Spawn = (listen, died) => {
    const id = this.started++;
    const { starts = () => 'ready', delay = () => 1 } = this.script;
    this.alive.add(id);
    this.mostAlive = Math.max(this.mostAlive, this.alive.size);
    const later = (act: () => void, ms: number) =>
      setTimeout(() => {
        if (this.alive.has(id)) act();
      }, ms);
    let heard = 0;
    // Messages overtake each other as little as those of a real port do.
    const say = (message: FromWorker) => {
      heard = Math.max(heard, Date.now() + delay());
      later(() => listen(message), heard - Date.now());
    };
    let free = Promise.resolve();
    let chunks = 0;
    let bell: Bell | null = null;
    return {
      post: (message) => {
        if (message.type === 'boot') {
          this.boots.push(message);
          bell = message.bell && new Bell(message.bell);
          const how = starts(id);
          const makes = message.makeSnapshots && !message.snapshots.main;
          if (how === 'fails') later(() => died('no memory'), 1);
          if (how === 'ready') {
            const snapshot = makes ? new Uint8Array([id]) : null;
            later(() => listen({ type: 'ready', snapshot }), 10);
          }
          return;
        }
        free = free
          .then(() => new Promise<void>((resolve) => setTimeout(resolve, delay())))
          .then(() =>
            this.alive.has(id) ? this.work(message, { say, died, bell, chunks: ++chunks }) : undefined,
          );
      },
      terminate: () => this.alive.delete(id),
    };
  };

  private async work(
    message: Extract<ToWorker, { type: 'verify' }>,
    worker: { say(message: FromWorker): void; died(detail: string): void; bell: Bell | null; chunks: number },
  ): Promise<void> {
    const { say, died, bell, chunks } = worker;
    const { does = () => 'answer', heapBytes = () => 30e6, begun } = this.script;
    const requests = JSON.parse(message.batch) as [string, string[], number][];
    for (const [program, inputs] of requests) {
      const sizes = this.begunIn.get(program) ?? [];
      sizes.push(requests.length);
      this.begunIn.set(program, sizes);
      begun?.(program, inputs, requests.length);
    }
    bell?.begin(message.id);
    for (const [program] of requests) {
      const kind = does(program);
      if (kind === 'answer') continue;
      if (kind === 'dawdle' && bell) {
        while (bell[0] === 0) await new Promise((resolve) => setTimeout(resolve, 5));
        continue;
      }
      if (kind === 'crash') say({ type: 'crashed', detail: 'fatal' });
      if (kind === 'tamper') say({ type: 'tampered', detail: 'it changed builtins' });
      if (kind === 'garble') say(garbled(message.id, program));
      if (kind === 'die') setTimeout(() => died('the worker failed'), 1);
      // Whatever went wrong, this worker does nothing more.
      return new Promise(() => {});
    }
    const results = JSON.stringify(
      requests.map(([program, inputs]) =>
        inputs.map((i) => (does(program) === 'answer' ? `${program}:${i}` : ['timeout', 'the bell rang'])),
      ),
    );
    say({ type: 'verified', id: message.id, results, heapBytes: heapBytes(chunks) });
  }
}

/** Answers that do not fit the question, one of a few by the program. */
function garbled(id: number, program: string): FromWorker {
  const wrong = ['[[]]', 'no JSON', '{}', 'null', '[["refusal"], [["unknown", "x"]]]'];
  const results = wrong[program.length % wrong.length] as string;
  return { type: 'verified', id: program.length % 2 ? id : id + 1, results, heapBytes: 1 };
}
