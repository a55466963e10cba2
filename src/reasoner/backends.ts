import * as tf from '@tensorflow/tfjs-core';
import { said } from '../words/said.ts';
import { kernelsRun } from './wasm/heap.ts';

export type BackendName = 'webgpu' | 'wasm' | 'cpu';

export interface Backend {
  name: BackendName;
  /** For people, e.g. "nvidia ampere" or "WebAssembly (2 threads)". */
  device: string;
  /** Only on WebGPU. */
  gpu: GPUDevice | null;
  /** Whether the WebGPU adapter is a processor that plays a graphics card. */
  software: boolean;
}

export interface BackendOptions {
  device: 'auto' | BackendName;
  /** Called with a plain sentence for every fall-back. */
  onNotice?: (message: string) => void;
}

/**
 * Sets up the wanted backend; `auto` takes the first that works of WebGPU on a real adapter, wasm and cpu. A
 * wanted backend that does not work is an announced fall-back to the next one, never a silent one.
 */
export async function openBackend(options: BackendOptions): Promise<Backend> {
  // Without it tfjs greets whoever runs it in Node.
  tf.enableProdMode();
  const order: BackendName[] = ['webgpu', 'wasm', 'cpu'];
  const first = options.device === 'auto' ? 0 : order.indexOf(options.device);
  for (const name of order.slice(first)) {
    try {
      return await OPENERS[name](options);
    } catch (error) {
      const next = order[order.indexOf(name) + 1];
      if (!next) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      options.onNotice?.(`${LABELS[name]} is not available (${reason}); using ${LABELS[next]} instead.`);
    }
  }
  throw new Error('No backend works here');
}

const LABELS: Record<BackendName, string> = {
  webgpu: 'WebGPU',
  wasm: 'WebAssembly',
  cpu: said('plain JavaScript'),
};

const OPENERS: Record<BackendName, (options: BackendOptions) => Promise<Backend>> = {
  webgpu: openWebGPU,
  wasm: openWasm,
  cpu: async () => {
    await import('@tensorflow/tfjs-backend-cpu');
    await activate('cpu');
    return { name: 'cpu', device: 'plain JavaScript', gpu: null, software: false };
  },
};

/** Makes the backend current. tfjs reports failure by a return value, or by silently taking another one. */
async function activate(name: BackendName): Promise<void> {
  const accepted = await tf.setBackend(name);
  if (!accepted || tf.getBackend() !== name) throw new Error('it could not be started');
}

async function openWebGPU(options: BackendOptions): Promise<Backend> {
  if (typeof navigator === 'undefined' || !navigator.gpu) throw new Error('this browser has no WebGPU');
  // tfjs fails with a TypeError on a missing adapter, so ask before.
  const adapter = await navigator.gpu.requestAdapter();
  if (!adapter) throw new Error('no graphics adapter was found');
  // A processor that plays a graphics card is ten to a hundred times slower than WebAssembly. It is there for
  // tests, which ask for it by name.
  if (options.device === 'auto' && adapter.info.isFallbackAdapter) {
    throw new Error('the only graphics adapter is a software one');
  }
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  // Otherwise small tensors are computed on the CPU and read back behind our back.
  tf.env().set('WEBGPU_CPU_FORWARD', false);
  await activate('webgpu');
  const backend = tf.backend();
  if (!(backend instanceof WebGPUBackend)) throw new Error('it could not be started');
  const { vendor, architecture } = adapter.info;
  const device = [vendor, architecture].filter(Boolean).join(' ') || 'WebGPU';
  const software = adapter.info.isFallbackAdapter === true;
  return { name: 'webgpu', device, gpu: backend.device, software };
}

async function openWasm(): Promise<Backend> {
  if (!kernelsRun()) throw new Error('this browser has no SIMD in WebAssembly');
  return { name: 'wasm', device: 'WebAssembly', gpu: null, software: false };
}

/** Opens WebGPU anew after its device was lost. Throws when there is none any more. */
export async function reopenWebGPU(options: BackendOptions): Promise<Backend> {
  const factory = tf.findBackendFactory('webgpu');
  try {
    tf.removeBackend('webgpu');
  } catch {
    // What belonged to the lost device may refuse to be freed; it is gone all the same.
  }
  if (!tf.findBackendFactory('webgpu')) tf.registerBackend('webgpu', factory, 3);
  return openWebGPU({ ...options, device: 'webgpu' });
}
