/** The page of the sandbox's own tests: built once per file, served under a path, driven from here. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Page, test } from '@playwright/test';
import { build } from 'vite';
import { type StaticServer, serve } from '../scripts/serve.ts';
import type { MountOptions } from '../src/sandbox/host.ts';
import type { Outcome, RunRequest, SandboxStats } from '../src/sandbox/sandbox.ts';

const root = fileURLToPath(new URL('./fixtures/sandbox', import.meta.url));

/** Builds and serves the page for the tests of a file; returns where it is once they run, by isolation. */
export function servePage(): (isolated?: boolean) => string {
  let folder: string;
  let server: StaticServer;
  let isolatedServer: StaticServer;
  test.beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sandbox-')) + sep;
    await build({
      configFile: join(root, 'vite.config.ts'),
      logLevel: 'error',
      build: { outDir: folder, emptyOutDir: true },
    });
    server = await serve(folder, { port: 0, base: '/deep/path/' });
    isolatedServer = await serve(folder, { port: 0, base: '/deep/path/', isolated: true });
  });
  test.afterAll(async () => {
    await server?.close();
    await isolatedServer?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return (isolated = false) => (isolated ? isolatedServer : server).url;
}

/** Opens the page and the sandbox; `requests` fills with every address the browser asks for. */
export async function open(
  page: Page,
  url: string,
  options: Partial<MountOptions>,
): Promise<{ requests: string[]; ms: number }> {
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(url);
  const ms = await page.evaluate(async (options) => {
    const began = performance.now();
    Object.assign(window, { sandbox: await window.openSandbox(options) });
    return performance.now() - began;
  }, options);
  return { requests, ms };
}

export interface Judged {
  outcomes: Outcome[][];
  ms: number;
  stats: SandboxStats;
}

export function judge(page: Page, requests: RunRequest[]): Promise<Judged> {
  return page.evaluate(async (requests) => {
    const began = performance.now();
    const results = await window.sandbox.run(requests);
    return {
      outcomes: results.map(({ outcomes }) => outcomes),
      ms: performance.now() - began,
      stats: window.sandbox.stats(),
    };
  }, requests);
}
