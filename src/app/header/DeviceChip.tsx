import { useEffect, useState } from 'react';
import { useRun, useSession } from '../context.tsx';
import { compact } from '../format.ts';

const BACKEND_NAME = { webgpu: 'WebGPU', wasm: 'WebAssembly', cpu: 'plain CPU' } as const;

/** What computes: the adapter once a run has begun, before that what this browser offers. */
export function DeviceChip() {
  const engine = useRun((run) => run.engine);
  const wanted = useSession((session) => session.device);
  const [offered, setOffered] = useState<string | null>(null);

  useEffect(() => {
    let isCurrent = true;
    probe().then((text) => isCurrent && setOffered(text));
    return () => {
      isCurrent = false;
    };
  }, []);

  const text = engine
    ? nameOf(engine)
    : wanted === 'auto'
      ? (offered ?? 'Looking for a GPU')
      : BACKEND_NAME[wanted];
  const size = engine ? `, a reasoner of ${compact(engine.parameters)} parameters` : '';
  return (
    <span className="device-chip" data-on={engine !== null} title={text + size}>
      <span className="device-lamp" aria-hidden="true" />
      <span>{text}</span>
    </span>
  );
}

/** Backend and adapter; backends that are their own adapter are named once. */
function nameOf({ backend, device }: { backend: keyof typeof BACKEND_NAME; device: string }): string {
  const name = BACKEND_NAME[backend];
  return backend === 'webgpu' ? `${name} · ${device}` : device || name;
}

/** Asks the browser for an adapter without holding on to it. */
async function probe(): Promise<string> {
  try {
    const adapter = await navigator.gpu?.requestAdapter();
    if (!adapter) return 'No WebGPU: WebAssembly';
    const { vendor, architecture, isFallbackAdapter } = adapter.info;
    // The engine passes a software adapter over unless it is asked for by name.
    if (isFallbackAdapter) return 'No graphics card: WebAssembly';
    return ['WebGPU', [vendor, architecture].filter(Boolean).join(' ')].filter(Boolean).join(' · ');
  } catch {
    return 'No WebGPU: WebAssembly';
  }
}
