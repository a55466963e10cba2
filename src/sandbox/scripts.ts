/** What the frame is filled with, as text. Apart from host.ts so that the page loads it only when needed. */
import frameScript from './frame.ts?bundle';
import type { VerifierSources } from './interpreter.ts';
import allowed from './python/allowed.py?raw';
import guards from './python/guards.py?raw';
import source from './python/source.py?raw';
import verifier from './python/verifier.py?raw';
import walk from './python/walk.py?raw';
import workerScript from './worker.ts?bundle';

const verifierSources: VerifierSources = { allowed, guards, source, verifier, walk };

export { frameScript, verifierSources, workerScript };
