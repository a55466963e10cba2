/** The page of the sandbox's own tests, driven from here. */
import { type Page, test } from '@playwright/test';
import type { MountOptions } from '../src/sandbox/host.ts';
import type { Outcome, RunRequest, SandboxStats } from '../src/sandbox/sandbox.ts';
import { type SandboxPage, serveSandboxPage } from './fixtures/sandbox/page.ts';

/** Builds and serves the page for the tests of a file; returns where it is once they run, by isolation. */
export function servePage(): (isolated?: boolean) => string {
  let server: SandboxPage;
  test.beforeAll(async () => {
    server = await serveSandboxPage();
  });
  test.afterAll(() => server?.close());
  return (isolated = false) => (isolated ? server.isolatedUrl : server.url);
}

/** Opens the page and the sandbox; milliseconds until it can judge. */
export async function open(page: Page, url: string, options: Partial<MountOptions>): Promise<number> {
  await page.goto(url);
  return page.evaluate(async (options) => {
    const began = performance.now();
    Object.assign(window, { sandbox: await window.openSandbox(options) });
    return performance.now() - began;
  }, options);
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
