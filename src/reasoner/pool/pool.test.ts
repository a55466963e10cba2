import { afterEach, describe, expect, it } from 'vitest';
import { ODD_CONFIG, oddSequences, PLAIN_UPDATE, shake } from '../../../test/reasoner/weights.ts';
import { createReasoner } from '../engine.ts';
import type { Reasoner, Rollout } from '../reasoner.ts';
import { spawnInline } from './inline.ts';
import { spawnNodeThread } from './node.ts';
import type { Spawn } from './protocol.ts';
import { threadsFor } from './threads.ts';

const open: Reasoner[] = [];
afterEach(() => {
  for (const reasoner of open.splice(0)) reasoner.dispose();
});

async function withThreads(threads: number, spawn: Spawn = spawnNodeThread): Promise<Reasoner> {
  const reasoner = await createReasoner({ config: ODD_CONFIG, device: 'wasm', seed: 3, threads, spawn });
  open.push(reasoner);
  return reasoner;
}

const PROMPTS = oddSequences(ODD_CONFIG, 11, [1, 2, 3, 5, 7, 9, 12], 9).map(({ prompt }) => prompt);
const SEQUENCES = oddSequences(ODD_CONFIG, 13, [1, 2, 3, 5, 7], 7).map((each, i) => ({
  ...each,
  klToBase: i % 3 ? 0 : 0.5,
}));
const SAMPLE = { maxNewTokens: 12, temperature: 0.9, seed: 4 };

/** Everything that a reasoner says in two rounds of sampling and learning. */
async function session(reasoner: Reasoner) {
  await shake(reasoner, 5);
  reasoner.freezeBase();
  const rounds = [];
  for (let round = 0; round < 2; round++) {
    const rollouts = await reasoner.sample(PROMPTS, { ...SAMPLE, seed: round });
    const greedy = await reasoner.sample(PROMPTS, { ...SAMPLE, greedy: true });
    const report = await reasoner.update(SEQUENCES, PLAIN_UPDATE);
    const kl = await reasoner.klToBase(SEQUENCES, 0.9);
    const ofBase = await reasoner.sample(PROMPTS, { ...SAMPLE, weights: 'base' });
    rounds.push({ rollouts, greedy, report, kl, ofBase });
  }
  return { rounds, weights: await reasoner.save() };
}

describe('the number of threads', () => {
  it('changes no bit of what comes out', async () => {
    const [inline, one, two, three] = await Promise.all(
      [withThreads(1, spawnInline), withThreads(1), withThreads(2), withThreads(3)].map(async (reasoner) =>
        session(await reasoner),
      ),
    );
    expect(inline!.rounds[0]!.report.kl).toBe(0);
    expect(inline!.rounds[1]!.report.kl).toBeGreaterThan(0);
    expect(inline!.rounds[0]!.ofBase).toEqual(inline!.rounds[1]!.ofBase);
    expect(one).toEqual(inline);
    expect(two).toEqual(inline);
    expect(three).toEqual(inline);
  });

  it('changes no bit of what Muon does', async () => {
    const weights = await Promise.all(
      [withThreads(1, spawnInline), withThreads(1), withThreads(2), withThreads(3)].map(async (opening) => {
        const reasoner = await opening;
        const plain = SEQUENCES.map((each) => ({ ...each, klToBase: 0 }));
        for (let i = 0; i < 3; i++) await reasoner.update(plain, { ...PLAIN_UPDATE, optimizer: 'muon' });
        return reasoner.save();
      }),
    );
    for (const each of weights.slice(1)) expect(each).toEqual(weights[0]);
  });

  it('is one a core, one core less where there are more than two, and never more than eight', () => {
    expect([0, 1, 2, 3, 4, 8, 9, 64].map(threadsFor)).toEqual([1, 1, 2, 2, 3, 7, 8, 8]);
  });
});

/** Threads of which some die when they are given a certain shard, counted over all of them. */
function mortal(dies: (shard: number) => boolean): { spawn: Spawn; deaths: () => number } {
  let shards = 0;
  let deaths = 0;
  const spawn: Spawn = (listen, died) => {
    const inner = spawnInline(listen, died);
    return {
      post(message) {
        if (message.type === 'shard' && dies(shards++)) {
          deaths++;
          inner.terminate();
          queueMicrotask(() => died('it was told to'));
        } else inner.post(message);
      },
      terminate: () => inner.terminate(),
    };
  };
  return { spawn, deaths: () => deaths };
}

describe('a thread that dies', () => {
  it('costs its shard a second try, and no bit', async () => {
    const want = await session(await withThreads(1, spawnInline));
    const { spawn, deaths } = mortal((shard) => shard % 4 === 1);
    expect(await session(await withThreads(3, spawn))).toEqual(want);
    expect(deaths()).toBeGreaterThan(5);
  });

  it('ends the call with a reason where every other one dies, too', async () => {
    const { spawn } = mortal(() => true);
    const reasoner = await withThreads(2, spawn);
    await expect(reasoner.sample(PROMPTS, SAMPLE)).rejects.toThrow(
      'A thread of the engine stopped again and again: it was told to',
    );
    await expect(reasoner.sample(PROMPTS, SAMPLE)).rejects.toThrow('stopped again and again');
  });

  it('is replaced when it is a real one', async () => {
    let killed = 0;
    const spawn: Spawn = (listen, died) => {
      const thread = spawnNodeThread(listen, died);
      return {
        post(message) {
          // A real thread ends with an error on a message that makes no sense.
          const isLast = message.type === 'shard' && killed < 2;
          if (isLast) killed++;
          thread.post(
            isLast ? { type: 'weights', which: 'current', values: new Float32Array(1e6) } : message,
          );
        },
        terminate: () => thread.terminate(),
      };
    };
    const want = await (await withThreads(1, spawnInline)).sample(PROMPTS, SAMPLE);
    expect(await (await withThreads(2, spawn)).sample(PROMPTS, SAMPLE)).toEqual(want);
    expect(killed).toBe(2);
  });
});

it('tells progress up to the last sequence, and stops where the listener throws', async () => {
  const reasoner = await withThreads(2);
  const told: number[] = [];
  const rollouts: Rollout[] = await reasoner.sample(PROMPTS, {
    ...SAMPLE,
    onProgress: (done, total) => {
      told.push(done);
      expect(total).toBe(PROMPTS.length);
    },
  });
  expect(rollouts).toHaveLength(PROMPTS.length);
  expect(told).toEqual([...told].sort((a, b) => a - b));
  expect(told.at(-1)).toBe(PROMPTS.length);
  const stopped = reasoner.sample(PROMPTS, {
    ...SAMPLE,
    onProgress: () => {
      throw new Error('stop');
    },
  });
  await expect(stopped).rejects.toThrow('stop');
  expect(await reasoner.sample(PROMPTS, SAMPLE)).toEqual(rollouts);
});

it('keeps its memory flat over updates', async () => {
  const reasoner = await withThreads(1, spawnInline);
  reasoner.freezeBase();
  await session(reasoner);
  const before = reasoner.memory();
  await session(reasoner);
  expect(reasoner.memory()).toEqual(before);
});
