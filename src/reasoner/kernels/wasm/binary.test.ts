import { expect, it } from 'vitest';
import { SOURCE_HASH } from './binary.ts';
import { sourceHash } from './build.ts';

it('is built from the sources beside it', () => {
  expect(SOURCE_HASH, 'run: npx tsx src/reasoner/kernels/wasm/build.ts').toBe(sourceHash());
});
