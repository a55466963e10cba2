/** Every way a run can break, in plain words: what happened and what to do now. */
import { DivergedError, type EngineFault } from '../reasoner/reasoner.ts';
import type { Fault } from '../run/protocol.ts';
import { said } from '../words/said.ts';
import { BaseError } from './shippedBase.ts';

/** The sandbox could not do its work (programs that fail are no such case). */
export class SandboxError extends Error {
  constructor(
    readonly during: 'start' | 'run',
    message: string,
  ) {
    super(message);
  }
}

/** No backend could be opened. */
export class EngineError extends Error {}

export function faultOfEngine({ kind, message }: EngineFault): Fault {
  const remedy = {
    'device-lost':
      'Press Start to begin again; if it keeps happening, close other tabs that use the graphics card.',
    'device-recovered': 'Nothing is to be done: it was opened again and the work in hand is done once more.',
    'gpu-error': 'Choose WebAssembly as the device and press Start; please report this as a defect.',
    'out-of-memory': 'Choose a smaller reasoner or fewer proposals per kind, and press Start.',
  }[kind];
  return { code: kind, message: sentence(message), remedy, fatal: kind !== 'device-recovered' };
}

/** The fault that an exception of a run amounts to. */
export function faultOf(error: unknown): Fault {
  const message = sentence(error instanceof Error ? error.message : String(error));
  if (error instanceof BaseError) {
    return {
      code: 'base-failed',
      message,
      remedy:
        'Check the connection and press Start again, or choose the preset “From nothing”, which needs no base.',
      fatal: true,
    };
  }
  if (error instanceof DivergedError) {
    return { code: 'diverged', message, remedy: 'Lower the learning rate and press Start.', fatal: true };
  }
  if (error instanceof SandboxError) {
    const isStart = error.during === 'start';
    return {
      code: isStart ? 'pyodide-failed' : 'sandbox-worker-died',
      message,
      remedy: isStart
        ? 'Check the connection and press Start again; Python needs about 13 MB to be downloaded and some 200 MB of memory.'
        : 'Press Start to begin again; Python needs some 200 MB of memory.',
      fatal: true,
    };
  }
  if (error instanceof EngineError) {
    return {
      code: 'no-engine',
      message,
      remedy: 'Use a current version of Chrome, Edge or Firefox.',
      fatal: true,
    };
  }
  return {
    code: 'trainer-died',
    message: `The trainer stopped: ${message}`,
    remedy: 'Press Start to begin again; please report this as a defect.',
    fatal: true,
  };
}

/** A fall-back to a slower backend: announced, and the run goes on. */
export function fallbackNotice(message: string): Fault {
  return {
    code: 'no-webgpu',
    message: sentence(message),
    remedy: 'Everything works, only slower; a current Chrome or Edge with a graphics card is the fast way.',
    fatal: false,
  };
}

function sentence(text: string): string {
  const trimmed = text.trim() || said('for an unknown reason');
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
