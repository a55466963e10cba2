import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { sourceHash } from '../../../src/reasoner/kernels/wasm/build.ts';
import { SOURCE_HASH } from './binary.ts';

it('is built from the sources beside it', () => {
  const folder = fileURLToPath(new URL('.', import.meta.url));
  const command = 'npx tsx src/reasoner/kernels/wasm/build.ts bench/cores/kernels';
  expect(SOURCE_HASH, `run: ${command}`).toBe(sourceHash(folder));
});
