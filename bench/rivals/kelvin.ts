/** Our engine, as the page runs it: through the `Reasoner` interface, checks and error scopes included. */
import { createReasoner } from '../../src/reasoner/engine.ts';
import { WEIGHT_SEED, type Workload } from '../workload.ts';
import type { Engine } from './engine.ts';

export async function openKelvin({ config, sequences, options }: Workload): Promise<Engine> {
  const reasoner = await createReasoner({ config, device: 'webgpu', seed: WEIGHT_SEED });
  if (reasoner.backend !== 'webgpu') throw new Error('WebGPU is not available');
  return {
    name: 'kelvin',
    step: async () => (await reasoner.update(sequences, options)).loss,
    sample: async (prompts, tokens) => {
      const rollouts = await reasoner.sample(prompts, { maxNewTokens: tokens, temperature: 1, seed: 1 });
      return rollouts.reduce((sum, rollout) => sum + rollout.tokens.length, 0);
    },
    dispose: () => reasoner.dispose(),
  };
}
