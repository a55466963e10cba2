import { availableParallelism } from 'node:os';
import { createReasoner, type ReasonerOptions } from '../../src/reasoner/engine.ts';
import { spawnNodeThread } from '../../src/reasoner/pool/node.ts';
import { MOST_THREADS } from '../../src/reasoner/pool/threads.ts';
import type { Reasoner } from '../../src/reasoner/reasoner.ts';

/**
 * A reasoner for a command, which has no page to leave a core to: on WebAssembly one thread a core. A process among
 * `beside` equal ones takes its share of them. See {@link createReasoner} for what is thrown.
 */
export function openEngine(options: ReasonerOptions, beside = 1): Promise<Reasoner> {
  const threads = Math.max(1, Math.min(MOST_THREADS, Math.floor(availableParallelism() / beside)));
  return createReasoner({ threads, spawn: spawnNodeThread, ...options });
}
