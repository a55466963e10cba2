/** The page's sandbox, driven from this process: foreign programs run behind the walls of a browser. */
import type { RunRequest, RunResult, Sandbox, SandboxMode } from '../../src/sandbox/sandbox.ts';
import { buildIfStale } from './build.ts';
import { launchChromium, openQuietly } from './chromium.ts';
import { DIST, serve } from './server.ts';

export interface ChromiumSandbox {
  run: Sandbox['run'];
  close(): Promise<void>;
}

interface Options {
  mode: SandboxMode;
  workers: number;
  timeoutMs: number;
}

/** Builds the page if it is stale, opens it in headless Chromium and starts a pool there. Close it when done. */
export async function openChromiumSandbox(options: Options): Promise<ChromiumSandbox> {
  buildIfStale();
  const server = await serve(DIST, { port: 0 });
  const browser = await launchChromium();
  const close = async () => {
    await browser.close();
    await server.close();
  };
  try {
    const page = await browser.newPage({
      timezoneId: 'UTC',
      locale: 'en-US',
      serviceWorkers: 'block',
    });
    const lost = new Promise<never>((_, fail) => {
      page.on('crash', () => fail(new Error('The page crashed, perhaps for lack of memory.')));
      page.on('close', () => fail(new Error('The page was closed.')));
    });
    // Whoever waits for an answer hears of it; nobody else has to.
    lost.catch(() => {});
    await openQuietly(page, server.url);
    const sandbox = await page.evaluateHandle((options) => window.kelvin!.openSandbox(options), options);
    const run = (requests: readonly RunRequest[]) =>
      page.evaluate(({ sandbox, requests }) => sandbox.run(requests), {
        sandbox,
        requests,
      }) as Promise<RunResult[]>;
    return { run: (requests) => Promise.race([run(requests), lost]), close };
  } catch (error) {
    await close();
    throw error;
  }
}
