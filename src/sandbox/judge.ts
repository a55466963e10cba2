/**
 * What runs inside a sandbox worker, browser or Node: answers the pool's messages with one interpreter, and
 * with a second one of another hash seed for programs whose result may show the order of a set.
 */
import { Bell } from './bell.ts';
import type { Interpreter } from './interpreter.ts';
import type { FromWorker, ToWorker, WireOutcome } from './protocol.ts';
import type { SandboxMode } from './sandbox.ts';

/** Starts an interpreter with this hash seed, from this snapshot if there is one. */
export type Start = (options: {
  hashSeed: number;
  snapshot: Uint8Array | null;
  makeSnapshot: boolean;
  mode: SandboxMode;
  bell: Bell | null;
}) => Promise<Interpreter>;

const MAIN_SEED = 0;
const TWIN_SEED = 1;

type WireRequest = [
  program: string,
  inputs: string[],
  runs: number,
  steps: number | null,
  entry: string | null,
  reads: boolean,
];

/** A program changed something that another could see. */
class Tampered extends Error {}

/** Per request: whether its results may show the order of a set, and one outcome for each input. */
type Verdicts = [orderless: boolean, outcomes: WireOutcome[]][];

/** Returns the handler of the pool's messages. Messages are answered one after the other, in order. */
export function createJudge(start: Start, post: (message: FromWorker) => void): (message: ToWorker) => void {
  let boot: Extract<ToWorker, { type: 'boot' }>;
  let bell: Bell | null = null;
  let main: Interpreter;
  let twin: Interpreter | null = null;
  let previous = Promise.resolve();

  async function handle(message: ToWorker): Promise<void> {
    if (message.type === 'boot') {
      boot = message;
      bell = boot.bell && new Bell(boot.bell);
      main = await start({
        hashSeed: MAIN_SEED,
        snapshot: boot.snapshots.main,
        makeSnapshot: boot.makeSnapshots,
        mode: boot.mode,
        bell,
      });
      post({ type: 'ready', snapshot: main.snapshot });
      return;
    }
    const judged = verify(main, message.id, message.batch);
    if (judged.some(([orderless]) => orderless)) await compareWithTwin(message, judged);
    const results = JSON.stringify(judged.map(([, outcomes]) => outcomes));
    post({
      type: 'verified',
      id: message.id,
      results,
      heapBytes: main.heapBytes() + (twin?.heapBytes() ?? 0),
    });
  }

  /** Answers of one interpreter. Throws `Tampered` when it is no longer what it was. */
  function verify(python: Interpreter, chunk: number, batch: string): Verdicts {
    // With nothing inside Python each is alone: not even those that wait in the same batch are out of its reach.
    const parts =
      boot.mode === 'bare'
        ? (JSON.parse(batch) as WireRequest[]).map((request) => JSON.stringify([request]))
        : [batch];
    return parts.flatMap((part) => {
      const judged = timed(python, chunk, part);
      const changed = boot.mode === 'bare' ? '' : python.check();
      if (changed !== '') throw new Tampered(changed);
      // Without the allow-list a program may change what no check looks at, or the check.
      python.restore?.();
      return judged;
    });
  }

  function timed(python: Interpreter, chunk: number, batch: string): Verdicts {
    bell?.begin(chunk);
    try {
      return JSON.parse(python.verify(batch)) as Verdicts;
    } finally {
      bell?.rest();
    }
  }

  /** Marks results that another hash seed changes. One run is enough: the first interpreter did the other. */
  async function compareWithTwin(
    { id, batch }: Extract<ToWorker, { type: 'verify' }>,
    judged: Verdicts,
  ): Promise<void> {
    const requests = JSON.parse(batch) as WireRequest[];
    const doubted = judged.flatMap(([orderless, outcomes], i) => {
      const hasResults = outcomes.some((outcome) => typeof outcome === 'string');
      return orderless && hasResults && (requests[i]?.[2] ?? 1) > 1 ? [i] : [];
    });
    if (doubted.length === 0) return;
    if (!twin) {
      post({ type: 'twin-starting' });
      twin = await start({
        hashSeed: TWIN_SEED,
        snapshot: boot.snapshots.twin,
        makeSnapshot: boot.makeSnapshots,
        mode: boot.mode,
        bell,
      });
      post({ type: 'twin-ready', snapshot: twin.snapshot });
    }
    const again = doubted.map((i) => {
      const [program, inputs, , steps, entry] = requests[i] as WireRequest;
      return [program, inputs, 1, steps, entry, false];
    });
    const others = verify(twin, id, JSON.stringify(again));
    doubted.forEach((i, k) => {
      const outcomes = (judged[i] as [boolean, WireOutcome[]])[1];
      const other = (others[k] as [boolean, WireOutcome[]])[1];
      outcomes.forEach((outcome, n) => {
        const twins = other[n];
        if (typeof outcome !== 'string' || twins === outcome) return;
        outcomes[n] =
          twins?.[0] === 'timeout'
            ? twins
            : ['nondeterministic', 'the result depends on hashes or on the order of a set'];
      });
    });
  }

  return (message) => {
    previous = previous
      .then(() => handle(message))
      .catch((error: unknown) =>
        post(
          error instanceof Tampered
            ? { type: 'tampered', detail: error.message }
            : { type: 'crashed', detail: String(error).slice(0, 200) },
        ),
      );
  };
}
