/** A thread's own side: does what it is told, one message after the other. */
import { ComputeUnit } from '../wasm/unit.ts';
import type { Answers, FromThread, Shard, ToThread } from './protocol.ts';

/** Milliseconds between two messages on the progress of a shard. */
const PROGRESS_EVERY = 100;

export type Post = (message: FromThread, transfer: ArrayBuffer[]) => void;

/** Returns what handles the messages of a thread. */
export function serveShards(post: Post): (message: ToThread) => void {
  let unit: Promise<ComputeUnit> | null = null;
  let latest: Promise<unknown> = Promise.resolve();
  return (message) => {
    latest = latest.then(async () => {
      if (message.type === 'open') {
        unit = ComputeUnit.open(message.config);
        await unit;
        post({ type: 'ready' }, []);
        return;
      }
      if (!unit) throw new Error('The thread was told to work before it was opened');
      if (message.type === 'weights') (await unit).write(message.which, message.values);
      else perform(await unit, message.id, message.shard, post);
    });
  };
}

function perform(unit: ComputeUnit, id: number, shard: Shard, post: Post): void {
  try {
    const answer = answerOf(unit, shard, (ended) => post({ type: 'progress', id, ended }, []));
    post({ type: 'done', id, answer, bytes: unit.bytes }, transferOf(answer));
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    post({ type: 'failed', id, name, message }, []);
  }
}

function answerOf(unit: ComputeUnit, shard: Shard, tell: (ended: number) => void): Answers[keyof Answers] {
  switch (shard.type) {
    case 'sample': {
      const report = atIntervals(tell);
      return unit.sample(shard.weights, shard.rows, shard.options, report);
    }
    case 'gradient':
      return unit.gradient(shard.batches, shard.options);
    case 'logprobs':
      return unit.logprobs(shard.batch, shard.temperature);
    case 'orthogonal':
      return unit.orthogonal(shard.matrix, shard.rows, shard.columns);
    case 'kl':
      return unit.klToBase(shard.batch, shard.temperature);
  }
}

/** Counts calls, and tells of them a few times a second. What is counted last is told by the answer. */
function atIntervals(tell: (count: number) => void): () => void {
  let count = 0;
  let told = performance.now();
  return () => {
    count++;
    const now = performance.now();
    if (now - told < PROGRESS_EVERY) return;
    tell(count);
    [count, told] = [0, now];
  };
}

function transferOf(answer: Answers[keyof Answers]): ArrayBuffer[] {
  if (answer instanceof Float32Array) return [answer.buffer as ArrayBuffer];
  if (typeof answer === 'object' && 'gradient' in answer) return [answer.gradient.buffer as ArrayBuffer];
  return [];
}
