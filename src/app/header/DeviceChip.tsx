import { useEffect, useState } from 'react';
import { again, msg, t } from '../../words/words.ts';
import { useRun, useSession } from '../context.tsx';
import { compact } from '../format.ts';

const BACKEND_NAME = { webgpu: 'WebGPU', wasm: 'WebAssembly', cpu: msg('plain CPU') } as const;

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
      ? (offered ?? t('Looking for a GPU'))
      : again(BACKEND_NAME[wanted]);
  const title = engine
    ? t('{device}, a reasoner of {parameters} parameters', {
        device: text,
        parameters: compact(engine.parameters),
      })
    : text;
  return (
    <span className="device-chip" data-on={engine !== null} title={title}>
      <span className="device-lamp" aria-hidden="true" />
      <span>{text}</span>
    </span>
  );
}

/** Backend and adapter; backends that are their own adapter are named once. */
function nameOf({ backend, device }: { backend: keyof typeof BACKEND_NAME; device: string }): string {
  const name = again(BACKEND_NAME[backend]);
  if (backend === 'webgpu') return `${name} · ${device}`;
  const threads = /\((\d+) threads?\)$/.exec(device)?.[1];
  return threads === undefined
    ? again(device) || name
    : t('{name} ({threads, plural, one {# thread} other {# threads}})', { name, threads: Number(threads) });
}

/** Asks the browser for an adapter without holding on to it. */
async function probe(): Promise<string> {
  try {
    const adapter = await navigator.gpu?.requestAdapter();
    if (!adapter) return t('No WebGPU: WebAssembly');
    const { vendor, architecture, isFallbackAdapter } = adapter.info;
    // The engine passes a software adapter over unless it is asked for by name.
    if (isFallbackAdapter) return t('No graphics card: WebAssembly');
    return ['WebGPU', [vendor, architecture].filter(Boolean).join(' ')].filter(Boolean).join(' · ');
  } catch {
    return t('No WebGPU: WebAssembly');
  }
}
