/** Our training step in both arrangements of its kernels (docs/kernels.md), on the adapter that is there. */
import { packSequences } from '../../src/reasoner/batch.ts';
import { GpuCore } from '../../src/reasoner/webgpu/core.ts';
import { TINY, workloadOf } from '../workload.ts';

/** Milliseconds of a step, round by round: one invocation a row and products in registers, or cooperating. */
export interface ArrangementTimes {
  alone: number[];
  cooperative: number[];
}

/** Takes steps of the tiny shape in turn, one of each arrangement a round; the first round does not count. */
export async function timeArrangements(rounds: number): Promise<ArrangementTimes> {
  const adapter = await navigator.gpu.requestAdapter();
  if (!adapter) throw new Error('The browser has no WebGPU adapter');
  const device = await adapter.requestDevice();
  const { config, values, sequences, options } = workloadOf(TINY);
  const open = (cooperative: boolean) => GpuCore.create(device, { config, values, profile: { cooperative } });
  const cores = { alone: await open(false), cooperative: await open(true) };
  const times: ArrangementTimes = { alone: [], cooperative: [] };
  for (let round = 0; round <= rounds; round++) {
    for (const name of ['alone', 'cooperative'] as const) {
      const start = performance.now();
      await cores[name].update(packSequences(sequences, cores[name].packing), options);
      if (round > 0) times[name].push(performance.now() - start);
    }
  }
  device.destroy();
  return times;
}
