/** Python for the editor of the seed program, before any run: a small sandbox of its own. */
import { connectSandbox } from '../sandbox/client.ts';
import { mountSandbox } from '../sandbox/host.ts';
import { checkSeeds, type SeedCheck } from '../tasks/seeds.ts';

export type { SeedCheck, SeedTrial } from '../tasks/seeds.ts';

export interface SeedChecker {
  /** Resolves when Python can check; rejects with a plain sentence when it cannot be started. */
  ready(): Promise<void>;
  /** What each function of the text is worth as a seed, for a model that reads `contextLength` tokens. */
  check(text: string, contextLength: number): Promise<SeedCheck>;
  close(): void;
}

/** Begins to load Python at once, behind the same walls as in a run. Close it when done. */
export function openSeedChecker(): SeedChecker {
  const assetBase = new URL('./', document.baseURI).href;
  const { port, dispose } = mountSandbox({ assetBase, workers: 1, spares: 0 });
  const sandbox = connectSandbox(port);
  return {
    ready: () => sandbox.ready(),
    check: (text, contextLength) => checkSeeds(text, contextLength, sandbox),
    close() {
      sandbox.close();
      dispose();
    },
  };
}
