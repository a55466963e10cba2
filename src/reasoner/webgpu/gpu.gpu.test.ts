import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openBenches } from '../../../test/reasoner/webgpu.ts';
import { BATCH, BATCH_FIELDS, list, type Program } from '../kernels/webgpu/wgsl.ts';
import { packBatch } from './batchUniform.ts';
import { groupsFor, type Planned } from './gpu.ts';

const bench = openBenches();

/** Appends 1, 2, 4, … to a binary number: wrong as soon as a dispatch is lost, repeated or out of order. */
const APPEND: Program = {
  label: 'append',
  bindings: ['uniform', 'read_write'],
  code: `${BATCH}
${list('x', 1, 'f32', 'read_write')}
@compute @workgroup_size(1)
fn main() { x[0] = 2.0 * x[0] + f32(batch.tokens); x[1] += 1.0; }
`,
};

describe('a list of dispatches', () => {
  const sizes = { tokens: 1, prefixTokens: 0 };

  async function run(works: readonly number[], skipped: number) {
    const { gpu } = bench();
    const uniform = gpu.buffer('batch', BATCH_FIELDS, 'uniform');
    const x = gpu.buffer('x', 2);
    const staging = gpu.buffer('read', 2, 'read');
    gpu.write(uniform, packBatch({ tokens: 1 }));
    const planned = works.map(
      (work, i): Planned => ({
        program: APPEND,
        resources: [uniform, x],
        grid: () => [i < skipped ? 0 : 1],
        work: () => work,
      }),
    );
    const steps = await gpu.prepare(planned);
    const before = { ...gpu.counts };
    const encoder = gpu.record(steps, sizes);
    encoder.copyBufferToBuffer(x, 0, staging, 0, 8);
    gpu.submit(encoder);
    const [value, dispatches] = await gpu.read(staging, 2);
    const counted = {
      dispatches: gpu.counts.dispatches - before.dispatches,
      submits: gpu.counts.submits - before.submits,
    };
    gpu.release(uniform, x, staging);
    return { value, dispatches, counted };
  }

  it('runs in order, in one submission where the work allows it', async () => {
    const { value, dispatches, counted } = await run([1, 1, 1, 1, 1], 2);
    expect({ value, dispatches }).toEqual({ value: 7, dispatches: 3 });
    expect(counted).toEqual({ dispatches: 3, submits: 1 });
  });

  it('is cut where it would hold the device for long', async () => {
    // On a software adapter a submission has room for one of the larger ones, not for two.
    const { value, counted } = await run([1e8, 1e8, 1, 1e8, 5e8, 1], 0);
    expect(value).toBe(63);
    expect(counted).toEqual({ dispatches: 6, submits: 5 });
  });
});

it('spreads workgroups over two axes where one has too few', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 31 }), fc.constantFrom(32, 64, 256), (count, size) => {
      const [x, y] = groupsFor(count, size);
      expect(x).toBeLessThanOrEqual(65_535);
      expect(y).toBeLessThanOrEqual(65_535);
      expect(x * y * size).toBeGreaterThanOrEqual(count);
      // At most one group of each row is idle.
      expect((x - 1) * y * size).toBeLessThanOrEqual(count);
    }),
    { numRuns: 200, seed: 5 },
  );
});
