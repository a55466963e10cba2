/** What the frame is filled with, as text. Apart from host.ts so that the page loads it only when needed. */
import frameScript from './frame.ts?bundle';
import type { VerifierSources } from './interpreter.ts';
import workerScript from './worker.ts?bundle';

const texts = import.meta.glob<string>('./python/*.py', { query: '?raw', import: 'default', eager: true });
const verifierSources = Object.fromEntries(
  Object.entries(texts).map(([path, text]) => [path.replace(/^.*\/|\.py$/g, ''), text]),
) as VerifierSources;

export { frameScript, verifierSources, workerScript };
