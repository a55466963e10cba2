/**
 * How long it takes from the page to the first step: opens the built page in Chromium with its files cached (a second
 * visit), presses Start, and says when what is there, and for how long nothing on the page changed.
 */
import type { Page } from '@playwright/test';
import { buildIfStale } from '../scripts/common/build.ts';
import { launchChromium } from '../scripts/common/chromium.ts';
import { DIST, serve } from '../scripts/common/server.ts';
import type { Target } from './targets.ts';

/** What the second visit measures, in seconds. */
export interface StartTimes {
  /** From the navigation until Start can be pressed. */
  usable: number;
  /** From Start on. */
  baseScores: number;
  /** Until something on the page has moved. */
  moved: number;
  firstStep: number;
  /** The longest time between two changes of the page, from Start to the first step. */
  standstill: number;
  /** What the page said meanwhile. */
  standstillAt: string;
}

const QUERY = '?preset=demo-nano&device=wasm';

/** Measures the second visit; `readingSeconds` pass between the page's first sight and Start. */
export async function measureStart(readingSeconds: number, say: (line: string) => void): Promise<StartTimes> {
  buildIfStale();
  const server = await serve(DIST, { port: 0 });
  const browser = await launchChromium();
  try {
    const context = await browser.newContext({ viewport: { width: 1366, height: 625 } });
    const first = await context.newPage();
    say('first visit, to fill the cache');
    await visit(first, server.url, 0);
    await first.close();
    say('second visit');
    return await visit(await context.newPage(), server.url, readingSeconds);
  } finally {
    await browser.close();
    await server.close();
  }
}

async function visit(page: Page, url: string, readingSeconds: number): Promise<StartTimes> {
  // What the compiler calls in functions that it hands over.
  await page.addInitScript({ content: 'globalThis.__name = (named) => named;' });
  const began = performance.now();
  await page.goto(`${url}${QUERY}`);
  const start = page.getByRole('button', { name: 'Start', exact: true });
  await start.click({ trial: true });
  const usable = (performance.now() - began) / 1000;
  await page.waitForTimeout(1000 * readingSeconds);
  await page.evaluate(watch);
  await start.click();
  await page.waitForFunction(() => window.startTimes?.firstStep !== undefined, undefined, {
    timeout: 300_000,
  });
  const times = await page.evaluate(() => window.startTimes as Required<Watched>);
  return { usable, ...times };
}

type Watched = Partial<Omit<StartTimes, 'usable'>>;

declare global {
  interface Window {
    startTimes?: Watched;
  }
}

/** In the page: notes when what happens first after the next click. */
function watch(): void {
  const times: Watched & { standstill: number } = { standstill: 0, standstillAt: '' };
  const status = () => document.querySelector('.status-text')?.textContent ?? '';
  let said = '';
  window.startTimes = times;
  let pressed = 0;
  let last = 0;
  const since = () => (performance.now() - pressed) / 1000;
  const changed = () => {
    if (times.firstStep !== undefined || pressed === 0) return;
    times.moved ??= since();
    const still = (performance.now() - last) / 1000;
    if (still > times.standstill) Object.assign(times, { standstill: still, standstillAt: said });
    last = performance.now();
    said = status();
  };
  document.addEventListener(
    'click',
    () => {
      pressed = performance.now();
      last = pressed;
    },
    { capture: true, once: true },
  );
  new MutationObserver(changed).observe(document.body, {
    subtree: true,
    childList: true,
    attributes: true,
    characterData: true,
  });
  window.kelvin?.onEvent((event) => {
    if (event.type === 'base') times.baseScores ??= since();
    if (event.type === 'step') {
      changed();
      times.firstStep ??= since();
    }
  });
}

/** The times as lines, and what was wanted of them. */
export function startTargets(
  { usable, baseScores, moved, firstStep, standstill, standstillAt }: StartTimes,
  where: string,
): Target[] {
  const figure = (name: string, value: number, limit: number | null): Target => ({
    figure: name,
    where,
    wanted: limit === null ? 'told only' : `at most ${limit} s`,
    measured: `${value.toFixed(1)} s`,
    met: limit === null ? null : value <= limit,
  });
  return [
    figure('navigation → Start usable', usable, null),
    figure('Start → base scores', baseScores, null),
    figure('Start → first thing moved', moved, null),
    figure('Start → first step done', firstStep, 10),
    figure(`longest standstill (“${standstillAt}”)`, standstill, 2),
  ];
}
