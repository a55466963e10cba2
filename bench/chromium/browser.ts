/** Chromium with the bench's page in it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { launchChromium } from '../../scripts/common/chromium.ts';
import { serve } from '../../scripts/common/server.ts';
import type { Answer, Question } from './worker.ts';

const ROOT = fileURLToPath(new URL('.', import.meta.url));

export interface BenchPage {
  /** Name and version. */
  version: string;
  /** Runs a session in a worker of its own, so that nothing is left over from the one before. */
  ask(question: Question): Promise<Answer>;
  close(): Promise<void>;
}

/** Builds the page and opens it; `say` hears what the worker and the browser have to say. */
export async function openPage(say: (line: string) => void): Promise<BenchPage> {
  const folder = mkdtempSync(join(tmpdir(), 'kelvin-bench-')) + sep;
  await build({
    configFile: join(ROOT, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true },
  });
  const server = await serve(folder, { port: 0 });
  const browser = await launchChromium();
  const page = await browser.newPage();
  page.on('console', (message) => say(message.text()));
  await page.goto(server.url);
  return {
    version: `Chromium ${browser.version()}`,
    ask: (question) => page.evaluate((asked) => window.bench(asked), question),
    close: async () => {
      await browser.close();
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
