import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openBackend } from './backends.ts';

/** Times that the code of tfjs's WebGPU backend was loaded. */
const loads = vi.hoisted(() => ({ count: 0 }));
vi.mock('@tensorflow/tfjs-backend-webgpu', () => {
  loads.count++;
  return { WebGPUBackend: class {} };
});

const adapter = (isFallbackAdapter: boolean) => ({
  requestAdapter: async () => ({ info: { vendor: '', architecture: '', isFallbackAdapter } }),
});

describe('the backend taken by itself', () => {
  beforeEach(() => {
    loads.count = 0;
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it.each([
    ['the browser has no WebGPU', undefined, 'has no WebGPU'],
    ['there is no adapter', { requestAdapter: async () => null }, 'no graphics adapter'],
    ['the only adapter is a processor', adapter(true), 'software'],
    [
      'asking for an adapter fails',
      { requestAdapter: () => Promise.reject(new Error('blocked')) },
      'blocked',
    ],
  ])('is WebAssembly, and says why, without loading the WebGPU code where %s', async (_, gpu, reason) => {
    vi.stubGlobal('navigator', { gpu });
    const notices: string[] = [];
    const backend = await openBackend({ device: 'auto', onNotice: (message) => notices.push(message) });
    expect(backend.name).toBe('wasm');
    expect(backend.gpu).toBeNull();
    expect(notices).toEqual([expect.stringContaining(reason)]);
    expect(loads.count).toBe(0);
  });

  it('loads the WebGPU code where there is a graphics card', async () => {
    vi.stubGlobal('navigator', { gpu: adapter(false) });
    await openBackend({ device: 'auto' });
    expect(loads.count).toBe(1);
  });
});
