/** Made-up results for the tests of what is made of them. */
import { type Entry, NOTHING_MEASURED } from '../../bench/results.ts';
import type { EngineName } from '../../bench/rivals/engine.ts';
import { FULL, sweepPoints, TINY } from '../../bench/workload.ts';

const NULL_BACKEND = {
  name: 'null',
  vendor: '',
  architecture: '',
  description: '',
  isFallbackAdapter: false,
};
const SOFTWARE = { ...NULL_BACKEND, name: 'google swiftshader (software)', isFallbackAdapter: true };
const REST = { dispatchMicroseconds: null, host: 'a machine', command: 'npm run bench', peakTflops: null };

const exactly = (value: number) => ({ median: value, min: 0.9 * value, max: 1.1 * value });

/** Counts of the full shape: what Kelvin is meant to reach, and rivals that ask for ten times as much. */
export function dryEntry(): Entry {
  const figures = (times: number) => ({
    ...NOTHING_MEASURED,
    dispatches: 100 * times,
    submits: times,
    bindGroups: times - 1,
    buffersCreated: times - 1,
    gpuBytes: 300e6 * times,
    cpuMs: 5 * times,
    sampleDispatches: 5 * times,
    sampleReadBacks: times / 16,
  });
  return {
    ...REST,
    adapter: NULL_BACKEND,
    shape: FULL,
    sweep: null,
    engines: { kelvin: figures(1), tfjs: figures(10), jaxjs: { ...figures(8), sampleDispatches: null } },
    parity: null,
    dispatchMicroseconds: { runWebGPUProgram: 70, ours: 4 },
  };
}

/** A software adapter on which plain TensorFlow.js takes `tfjs` times and jax-js `jaxjs` times as long. */
export function racedEntries(tfjs: number, jaxjs: number): Entry[] {
  const engines = (ms: number): Entry['engines'] => {
    const figures = (times: number, tokens: number | null) => ({
      ...NOTHING_MEASURED,
      stepMs: exactly(ms * times),
      timesKelvin: exactly(times),
      gflops: 1 / times,
      sampleTokensPerSecond: tokens,
    });
    return {
      kelvin: figures(1, 300),
      tfjs: figures(tfjs, 30),
      jaxjs: figures(jaxjs, null),
    } satisfies Partial<Record<EngineName, unknown>>;
  };
  const parity = { steps: 5, distance: 1e-7 };
  return [
    { ...REST, adapter: SOFTWARE, shape: TINY, sweep: null, engines: engines(100), parity },
    ...sweepPoints(true, false).map(({ shape, sweep }, i) => ({
      ...REST,
      adapter: SOFTWARE,
      shape,
      sweep,
      engines: engines(10 + i),
      parity,
    })),
  ];
}
