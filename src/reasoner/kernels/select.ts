import type { BackendName } from '../backends.ts';
import type { Kernels } from './kernels.ts';
import { plainKernels } from './plain.ts';
import { Heap } from './wasm/heap.ts';
import { wasmKernels } from './wasm/kernels.ts';

/**
 * The fastest operations that the current backend has. Between 1,000 and 6,000 positions to a micro-batch make
 * no difference on wasm (`bench/selfplay.ts`); the plain operations pay for each call, so they take more.
 */
export async function kernelsFor(
  backend: BackendName,
  onNotice?: (message: string) => void,
): Promise<Kernels> {
  if (backend === 'wasm') {
    try {
      return wasmKernels(await Heap.open(), 2048);
    } catch (error) {
      onNotice?.(`The compiled kernels do not run here (${error}); the reasoner will be slow.`);
    }
  }
  return plainKernels(4096);
}
