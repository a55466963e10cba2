/** A step of self-play, and plain sampling, on one thread and on more of them in turn. */
import { availableParallelism } from 'node:os';
import { SIZES, type SizeName } from '../../src/reasoner/config.ts';
import { createReasoner } from '../../src/reasoner/engine.ts';
import { spawnNodeThread } from '../../src/reasoner/pool/node.ts';
import { MOST_THREADS } from '../../src/reasoner/pool/threads.ts';
import type { Reasoner, Rollout } from '../../src/reasoner/reasoner.ts';
import {
  endLikeAttempts,
  neverEnd,
  sampleStep,
  seconds,
  stepPrompts,
  stepSequences,
  tokensOf,
  trainStep,
} from '../selfplay.ts';
import { ratios, type Spread, spread } from '../statistics.ts';

/** Distinct prompts of a step, as in `bench/selfplay.ts`. */
export const PROMPTS = 62;
const ROWS = 256;
const NEW_TOKENS = 48;
export const CORES_SIZES: readonly SizeName[] = ['nano', 'small'];

/** Seconds, and how many times the seconds of one thread they go into, round by round. */
interface Timing {
  seconds: Spread;
  faster: Spread;
}

interface ThreadFigures {
  threads: number;
  sampling: Timing;
  training: Timing;
  /** Both together. */
  step: Timing;
  /** 256 rows of 48 tokens. */
  tokens: Timing;
}

export interface SizeFigures {
  size: SizeName;
  /** Of a step, in the middle: tokens sampled, and tokens of prompts and responses trained on. */
  sampled: number;
  trained: number;
  byThreads: ThreadFigures[];
}

type Say = (line: string) => void;

/** One thread, powers of two, and as many as there are cores, eight at most: what commands take. */
export function threadCounts(cores: number): number[] {
  const most = Math.max(1, Math.min(MOST_THREADS, cores));
  return [...new Set([1, 2, 4, 8, most])].filter((count) => count <= most).sort((a, b) => a - b);
}

/** Throws an Error when another number of threads gives other tokens. */
export async function measureThreads(size: SizeName, rounds: number, say: Say): Promise<SizeFigures> {
  const config = SIZES[size];
  const counts = threadCounts(availableParallelism());
  const open: Reasoner[] = [];
  for (const threads of counts) {
    open.push(await createReasoner({ config, device: 'wasm', seed: 1, threads, spawn: spawnNodeThread }));
  }
  try {
    const times = counts.map(() => ({ sampling: [], training: [], step: [], tokens: [] }) as Times);
    const tokens = { sampled: [] as number[], trained: [] as number[] };
    const prompts = stepPrompts(config, PROMPTS);
    for (const reasoner of open) await endLikeAttempts(reasoner);
    // The first round compiles and fills memories, and is left out.
    for (let round = -1; round < rounds; round++) {
      const said: Rollout[][] = [];
      for (const i of inTurn(counts.length, round + 1)) {
        const [rollouts, sampling] = await seconds(() => sampleStep(open[i]!, prompts, round + 1));
        const sequences = stepSequences(prompts, rollouts, round + 1);
        const [report, training] = await seconds(() => trainStep(open[i]!, sequences));
        said.push(rollouts);
        if (round < 0) continue;
        times[i]!.sampling.push(sampling);
        times[i]!.training.push(training);
        times[i]!.step.push(sampling + training);
        tokens.sampled.push(report.tokens);
        tokens.trained.push(tokensOf(sequences));
      }
      expectSame(said);
      if (round >= 0) say(`${size}: step ${round + 1} of ${rounds}`);
    }
    const many = stepPrompts(config, ROWS / 8);
    for (const reasoner of open) await neverEnd(reasoner);
    for (let round = -1; round < rounds; round++) {
      for (const i of inTurn(counts.length, round + 1)) {
        const options = { maxNewTokens: NEW_TOKENS, temperature: 1, seed: round + 1 };
        const [rollouts, taken] = await seconds(() => open[i]!.sample(many, options));
        const count = rollouts.reduce((sum, { tokens }) => sum + tokens.length, 0);
        if (count !== ROWS * NEW_TOKENS) throw new Error(`${count} tokens were sampled`);
        if (round >= 0) times[i]!.tokens.push(taken);
      }
    }
    say(`${size}: sampled ${rounds} times`);
    return {
      size,
      sampled: spread(tokens.sampled)!.median,
      trained: spread(tokens.trained)!.median,
      byThreads: counts.map((threads, i) => ({ threads, ...timings(times[i]!, times[0]!) })),
    };
  } finally {
    for (const reasoner of open) reasoner.dispose();
  }
}

const MEASURED = ['sampling', 'training', 'step', 'tokens'] as const;
type Times = Record<(typeof MEASURED)[number], number[]>;

function timings(times: Times, ofOne: Times): Record<(typeof MEASURED)[number], Timing> {
  const timing = (name: (typeof MEASURED)[number]): Timing => ({
    seconds: spread(times[name])!,
    faster: ratios(ofOne[name], times[name])!,
  });
  return {
    sampling: timing('sampling'),
    training: timing('training'),
    step: timing('step'),
    tokens: timing('tokens'),
  };
}

/** The numbers below `count`, beginning elsewhere in every round. */
function inTurn(count: number, round: number): number[] {
  return Array.from({ length: count }, (_, i) => (i + round) % count);
}

function expectSame(all: readonly Rollout[][]): void {
  const texts = all.map((rollouts) => JSON.stringify(rollouts));
  if (new Set(texts).size > 1) throw new Error('The number of threads has changed what was sampled');
}
