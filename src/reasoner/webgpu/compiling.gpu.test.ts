import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDevice } from '../../../test/reasoner/webgpu.ts';
import { ODD_CONFIG, oddSequences, PLAIN_UPDATE } from '../../../test/reasoner/weights.ts';
import { packSequences } from '../batch.ts';
import { initialValues } from '../parameters.ts';
import { GpuCore } from './core.ts';

/** Compiling for a software adapter on a busy machine takes its time. */
const PATIENCE = 600_000;

let device: GPUDevice;
beforeAll(async () => {
  device = await openDevice();
});
afterAll(() => device.destroy());

it('asks for every pipeline before the first is ready, and for none later', {
  timeout: PATIENCE,
}, async () => {
  const compile = device.createComputePipelineAsync.bind(device);
  let asked = 0;
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  device.createComputePipelineAsync = async (descriptor) => {
    asked++;
    await gate;
    return compile(descriptor);
  };
  const reports: [done: number, total: number][] = [];
  const creating = GpuCore.create(device, {
    config: ODD_CONFIG,
    profile: { cooperative: false },
    values: initialValues(ODD_CONFIG, 1),
    capacity: 128,
    onCompiled: (...report) => reports.push(report),
  });
  // A task later, all that does not wait for a pipeline has happened.
  await new Promise((resolve) => setTimeout(resolve));
  const all = asked;
  open();
  const core = await creating;
  expect(asked).toBe(all);
  // So the progress that people see counts to a total that stays.
  expect(reports).toEqual(Array.from({ length: all }, (_, i) => [i + 1, all]));

  core.freezeBase();
  const sequences = oddSequences(ODD_CONFIG, 3, [1, 4], 2).map((sequence) => ({ ...sequence, klToBase: 1 }));
  const [batch] = packSequences(sequences, core.packing);
  for (const weights of ['current', 'base'] as const) {
    await core.sample([[2, 3, 4], [5]], { maxNewTokens: 3, temperature: 1, seed: 1, weights });
  }
  await core.update([batch!], PLAIN_UPDATE);
  await core.klToBase([batch!], 1);
  await core.logprobs(batch!, 1);
  await core.snapshot();
  expect(asked).toBe(all);
  core.dispose();
});
