/** A run in a tab that is out of sight, and on a machine that falls asleep. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, expect, type Page, test } from '@playwright/test';
import { CHROMIUM_ARGS, requireChromium } from '../scripts/common/chromium.ts';
import { snapshot, stateIs } from './visitor.ts';

/** A run that does not end during the test; no metric of it is looked at. */
const LONG =
  '?preset=ci&seed=5&steps=10000&warm-up-updates=40&seeding-target=4&proposals-per-kind=4&evaluation-tasks=2&evaluation-tiers=2&device=wasm';

/**
 * A browser that treats its tabs as one with a screen does: Playwright's own has every page in sight for good, and
 * never slows the timers of one.
 */
class PlainBrowser {
  private constructor(
    private readonly process: ChildProcess,
    private readonly folder: string,
    private readonly browser: Browser,
    readonly page: Page,
  ) {}

  static async open(): Promise<PlainBrowser> {
    const folder = mkdtempSync(join(tmpdir(), 'kelvin-hidden-'));
    const flags = ['--headless', '--no-sandbox', '--remote-debugging-port=0', `--user-data-dir=${folder}`];
    // A group of its own, so that all its processes can be put to sleep together.
    const child = spawn(requireChromium(), [...flags, ...CHROMIUM_ARGS, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    });
    const browser = await chromium.connectOverCDP(await addressOf(child), { noDefaults: true });
    const page = browser.contexts()[0]?.pages()[0];
    if (!page) throw new Error('The browser opened no page.');
    return new PlainBrowser(child, folder, browser, page);
  }

  /** Hides the page behind a new tab, which is returned. */
  async openTab(): Promise<Page> {
    return this.page.context().newPage();
  }

  signal(name: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void {
    if (this.process.pid !== undefined) process.kill(-this.process.pid, name);
  }

  async close(): Promise<void> {
    await this.browser.close();
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    this.signal('SIGKILL');
    await ended;
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** What a browser says first: where it can be spoken to. */
function addressOf({ stderr }: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    stderr?.on('data', (bytes) => {
      said += bytes;
      const [address] = /ws:\/\/\S+/.exec(said) ?? [];
      if (address) resolve(address);
    });
    stderr?.on('close', () => reject(new Error(`The browser ended: ${said}`)));
  });
}

const isHidden = (page: Page) => page.evaluate(() => document.hidden);

/** Waits for some more steps of the run. */
async function goesOn(page: Page): Promise<void> {
  const { step } = await snapshot(page);
  await expect.poll(async () => (await snapshot(page)).step, { timeout: 600_000 }).toBeGreaterThan(step + 1);
}

test.describe('in a browser with tabs', () => {
  let browser: PlainBrowser;
  let page: Page;

  test.beforeEach(async ({ baseURL }) => {
    browser = await PlainBrowser.open();
    page = browser.page;
    // Counts the locks that are held; a machine without a screen refuses them.
    await page.addInitScript(() => {
      const held = new Set<object>();
      Object.assign(window, { held });
      Object.defineProperty(navigator, 'wakeLock', {
        value: {
          request: async () => {
            const lock = { release: async () => void held.delete(lock) };
            held.add(lock);
            return lock;
          },
        },
      });
    });
    await page.goto(baseURL + LONG);
    await page.getByRole('button', { name: 'Start' }).first().click();
    await stateIs(page, 'running');
  });
  test.afterEach(() => browser.close());

  const heldLocks = () => page.evaluate(() => (window as unknown as { held: Set<object> }).held.size);

  test('a run goes on in a hidden tab, and keeps the screen awake only in sight', async () => {
    expect(await heldLocks()).toBe(1);
    const other = await browser.openTab();
    await expect.poll(() => isHidden(page)).toBe(true);
    expect(await heldLocks()).toBe(0);
    await goesOn(page);
    expect(await isHidden(page)).toBe(true);
    await other.close();
    await expect.poll(() => isHidden(page)).toBe(false);
    expect(await heldLocks()).toBe(1);
    await page.getByRole('button', { name: 'Pause' }).first().click();
    await stateIs(page, 'paused');
    expect(await heldLocks()).toBe(0);
  });

  test('a run goes on after the machine has slept', async () => {
    await goesOn(page);
    browser.signal('SIGSTOP');
    // Longer than any program may run, and every worker of the sandbox looks as if it hung.
    await new Promise((resolve) => setTimeout(resolve, 8_000));
    browser.signal('SIGCONT');
    await goesOn(page);
    await goesOn(page);
    const { state, fatal } = await snapshot(page);
    expect({ state, fatal }).toEqual({ state: 'running', fatal: null });
  });
});
