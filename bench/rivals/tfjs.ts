/**
 * Plain TensorFlow.js: its own operations on its own tape, as the page ran them before our kernels, with the
 * flat AdamW of `optimizer.ts`. Two things in its favour: the whole batch is one micro-batch, and all sampled
 * rows grow together.
 */
import { openBackend } from '../../src/reasoner/backends.ts';
import { packSequences } from '../../src/reasoner/batch.ts';
import { plainKernels } from '../../src/reasoner/kernels/plain.ts';
import { TapeCore } from '../../src/reasoner/tapeCore.ts';
import type { Workload } from '../workload.ts';
import type { Engine } from './engine.ts';

export async function openTfjs({ config, values, sequences, options }: Workload): Promise<Engine> {
  const { name } = await openBackend({ device: 'webgpu' });
  if (name !== 'webgpu') throw new Error('WebGPU is not available');
  const kernels = { ...plainKernels(Number.MAX_SAFE_INTEGER), decoderRows: () => Number.MAX_SAFE_INTEGER };
  const core = new TapeCore(config, kernels, values);
  return {
    name: 'tfjs',
    step: async () => (await core.update(packSequences(sequences, core.packing), options)).loss,
    sample: async (prompts, tokens) => {
      const rollouts = await core.sample(prompts, { maxNewTokens: tokens, temperature: 1, seed: 1 });
      return rollouts.reduce((sum, rollout) => sum + rollout.tokens.length, 0);
    },
    dispose: () => core.dispose(),
  };
}
