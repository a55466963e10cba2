/** The built page in Chromium, with sandboxes opened in it as the page itself opens them. */
import type { JSHandle, Page } from '@playwright/test';
import { buildIfStale } from '../../scripts/common/build.ts';
import { launchChromium } from '../../scripts/common/chromium.ts';
import { DIST, serve } from '../../scripts/common/server.ts';
import type { Outcome, RunRequest, Sandbox, SandboxStats } from '../../src/sandbox/sandbox.ts';

export interface Judged {
  /** Milliseconds between the call and its results, on the page's own clock. */
  ms: number;
  outcomes: Outcome[][];
  stats: SandboxStats;
}

export class BenchSandbox {
  constructor(
    private readonly page: Page,
    private readonly handle: JSHandle<Sandbox>,
    /** Milliseconds until it could judge. */
    readonly openedMs: number,
  ) {}

  judge(requests: readonly RunRequest[]): Promise<Judged> {
    return this.page.evaluate(
      async ({ sandbox, requests }) => {
        const began = performance.now();
        const results = await sandbox.run(requests);
        const ms = performance.now() - began;
        return { ms, outcomes: results.map(({ outcomes }) => outcomes), stats: sandbox.stats() };
      },
      { sandbox: this.handle, requests },
    );
  }

  /** Judges nothing much until so many workers are ready; milliseconds that took. */
  whole(workers: number): Promise<number> {
    return this.page.evaluate(
      async ({ sandbox, workers }) => {
        const began = performance.now();
        while (sandbox.stats().ready < workers) {
          await sandbox.run([{ program: 'def f():\n return 1', inputs: [''], runs: 1 }]);
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
        return performance.now() - began;
      },
      { sandbox: this.handle, workers },
    );
  }

  /** Ends the workers too. */
  close(): Promise<void> {
    return this.page.evaluate((sandbox) => sandbox.close(), this.handle);
  }
}

export interface VerifierBrowser {
  /** Name and version. */
  version: string;
  /** Opens a pool on a page of its own; nothing is left of the ones before. */
  open(options: { workers: number; timeoutMs?: number }): Promise<BenchSandbox>;
  close(): Promise<void>;
}

export async function openVerifierBrowser(): Promise<VerifierBrowser> {
  buildIfStale();
  const server = await serve(DIST, { port: 0 });
  const browser = await launchChromium();
  let page: Page | null = null;
  return {
    version: `Chromium ${browser.version()}`,
    async open(options) {
      await page?.context().close();
      page = await (await browser.newContext({ serviceWorkers: 'block' })).newPage();
      await page.goto(server.url);
      await page.waitForFunction(() => window.kelvin !== undefined);
      const opened = await page.evaluateHandle(async (options) => {
        const began = performance.now();
        const sandbox = await window.kelvin!.openSandbox(options);
        return { sandbox, ms: performance.now() - began };
      }, options);
      const handle = (await opened.getProperty('sandbox')) as JSHandle<Sandbox>;
      return new BenchSandbox(page, handle, await opened.evaluate(({ ms }) => ms));
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}
