/** Where a step's time goes on one thread: by kernel, and by what is copied between threads. */
import { setImmediate } from 'node:timers/promises';
import { SIZES, type SizeName } from '../../src/reasoner/config.ts';
import { createReasoner } from '../../src/reasoner/engine.ts';
import type { FromThread, Shard, Spawn } from '../../src/reasoner/pool/protocol.ts';
import { serveShards } from '../../src/reasoner/pool/serve.ts';
import type { ReasonerConfig } from '../../src/reasoner/reasoner.ts';
import { Learner } from '../../src/reasoner/wasm/learner.ts';
import { ComputeUnit } from '../../src/reasoner/wasm/unit.ts';
import { endLikeAttempts, sampleStep, seconds, stepPrompts, stepSequences, trainStep } from '../selfplay.ts';
import { PROMPTS } from './measure.ts';
import { Meter, type Tally } from './meter.ts';
import { decodingPairs, trainingPairs } from './pairs.ts';

/** Names of what memory shared between threads could save. */
export const COPIES = {
  weights: 'weights, copied for a thread',
  write: 'weights, into its memory',
  shards: 'shards, copied for it',
  answers: 'answers, copied back',
  gradient: 'gradients, out of its memory',
  sums: 'gradients, summed',
} as const;
export const ADAMW = 'AdamW';
const SCRIPT = 'JavaScript between kernels';
const REST = 'the rest';

export interface Part {
  name: string;
  kind: 'kernel' | 'copy' | 'other';
  /** Of a step. */
  ms: number;
  calls: number;
  /** Of the phase. */
  share: number;
  /** Null where operations are not counted. */
  gflops: number | null;
}

export interface Phase {
  ms: number;
  parts: Part[];
}

export interface Profile {
  size: SizeName;
  sampling: Phase;
  training: Phase;
}

/** The mean of `steps` steps, after one that is left out, on the calling thread. */
export async function profileStep(size: SizeName, steps: number): Promise<Profile> {
  const config = SIZES[size];
  const meter = new Meter(new Set([ADAMW, COPIES.sums]));
  meterKernels(meter);
  meter.watch(Learner.prototype, 'step', ADAMW);
  meter.watch(ComputeUnit.prototype, 'write', COPIES.write);
  meter.watch(ComputeUnit.prototype, 'sample', SCRIPT);
  meter.watch(ComputeUnit.prototype, 'gradient', SCRIPT);
  // Nothing else of an update slices a vector of floats.
  meter.watch(Float32Array.prototype, 'slice', COPIES.gradient);
  try {
    const spawn = meteredThread(meter, config);
    const reasoner = await createReasoner({ config, device: 'wasm', seed: 1, threads: 1, spawn });
    await endLikeAttempts(reasoner);
    const prompts = stepPrompts(config, PROMPTS);
    const totals = { sampling: new Total(), training: new Total() };
    for (let step = 0; step <= steps; step++) {
      meter.take();
      const [rollouts, sampling] = await seconds(() => sampleStep(reasoner, prompts, step));
      const ofSampling = meter.take();
      const sequences = stepSequences(prompts, rollouts, step);
      const [, training] = await seconds(async () => {
        await trainStep(reasoner, sequences);
        // The new weights are still on their way to the thread.
        await setImmediate();
      });
      if (step === 0) continue;
      totals.sampling.add(1000 * sampling, ofSampling);
      totals.training.add(1000 * training, meter.take());
    }
    reasoner.dispose();
    return { size, sampling: totals.sampling.phase(steps), training: totals.training.phase(steps) };
  } finally {
    meter.stop();
  }
}

/** Milliseconds of some parts, and their share of the whole step. */
export function stepShare(
  { sampling, training }: Profile,
  chosen: (part: Part) => boolean,
): { ms: number; share: number } {
  const ms = [...sampling.parts, ...training.parts].filter(chosen).reduce((sum, part) => sum + part.ms, 0);
  return { ms, share: ms / (sampling.ms + training.ms) };
}

class Total {
  private ms = 0;
  private readonly tallies = new Map<string, Tally>();

  add(ms: number, tallies: readonly Tally[]): void {
    this.ms += ms;
    for (const each of tallies) {
      const sum = this.tallies.get(each.name) ?? { name: each.name, ms: 0, calls: 0, operations: 0 };
      sum.ms += each.ms;
      sum.calls += each.calls;
      sum.operations += each.operations;
      this.tallies.set(each.name, sum);
    }
  }

  phase(steps: number): Phase {
    const told = [...this.tallies.values()].filter(({ calls }) => calls > 0);
    const known = told.reduce((sum, { ms }) => sum + ms, 0);
    const rest = { name: REST, ms: Math.max(0, this.ms - known), calls: steps, operations: 0 };
    const parts = [...told, rest].map(
      ({ name, ms, calls, operations }): Part => ({
        name,
        kind: kindOf(name),
        ms: ms / steps,
        calls: calls / steps,
        share: ms / this.ms,
        gflops: operations > 0 ? operations / ms / 1e6 : null,
      }),
    );
    return { ms: this.ms / steps, parts: parts.sort((a, b) => b.ms - a.ms) };
  }
}

function kindOf(name: string): Part['kind'] {
  if (Object.values<string>(COPIES).includes(name)) return 'copy';
  return name === ADAMW || name === SCRIPT || name === REST ? 'other' : 'kernel';
}

type Kernel = (...numbers: number[]) => void;

/** Operations of the products, from their arguments. */
const PRODUCTS: Readonly<Record<string, (args: number[]) => number>> = {
  product: (args) => 2 * args[4]! * args[5]! * args[6]!,
  productOfTransposed: (args) => 2 * args[3]! * args[4]! * args[5]!,
};

/** Every function of a module that is instantiated from now on is timed by its name. */
function meterKernels(meter: Meter): void {
  const original = WebAssembly.instantiate;
  const metered = async (bytes: BufferSource, imports?: WebAssembly.Imports) => {
    const { module, instance } = await original(bytes, imports);
    const functions = Object.entries(instance.exports).map(([name, kernel]) => {
      const operations = PRODUCTS[name] ?? (() => 0);
      return [
        name,
        (...args: number[]) => meter.time(name, () => (kernel as Kernel)(...args), operations(args)),
      ];
    });
    return { module, instance: { exports: Object.fromEntries(functions) } };
  };
  WebAssembly.instantiate = metered as typeof WebAssembly.instantiate;
  meter.later(() => {
    WebAssembly.instantiate = original;
  });
}

/** A thread that is none, whose messages are copied as if it were one. */
function meteredThread(meter: Meter, config: ReasonerConfig): Spawn {
  return (listen) => {
    const asked = new Map<number, Shard>();
    const handle = serveShards((message, transfer) => {
      countAnswer(message);
      const copy = meter.time(COPIES.answers, () => structuredClone(message, { transfer }));
      meter.time(COPIES.sums, () => listen(copy));
    });
    const pairsOperations = (pairs: number) => 4 * config.width * pairs;
    const countAnswer = (message: FromThread) => {
      if (message.type !== 'done') return;
      const shard = asked.get(message.id);
      asked.delete(message.id);
      if (shard?.type === 'sample') {
        const { own, prefixes } = decodingPairs(shard.rows, message.answer as { tokens: number[] }[]);
        meter.addOperations('decodeAttention', pairsOperations(own * config.layers));
        // The last block's prefixes are computed up to their keys and values only.
        meter.addOperations('attention', pairsOperations(prefixes * (config.layers - 1)));
      } else if (shard?.type === 'gradient') {
        const pairs = trainingPairs(shard.batches, config.layers);
        meter.addOperations('attention', pairsOperations(pairs));
        meter.addOperations('attentionGradient', 2 * pairsOperations(pairs));
      }
    };
    return {
      post(message) {
        if (message.type === 'shard') asked.set(message.id, message.shard);
        const name = message.type === 'weights' ? COPIES.weights : COPIES.shards;
        const copy = meter.time(name, () => structuredClone(message));
        queueMicrotask(() => handle(copy));
      },
      terminate() {},
    };
  };
}
