/**
 * How long it takes from the page to the first step: opens the built page in Chromium with its files cached (a second
 * visit), presses Start, and says when what is there, and for how long nothing on the page changed.
 */
import type { Browser, Page } from '@playwright/test';
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
  /** Until the first step is done: the first point of the reward curves. */
  firstStep: number;
  /** Of the processors meanwhile, all processes of the browser together: what a busy machine does not change much. */
  processor: number;
  /** What came before the first step was done, in order, and from when on. */
  phases: { name: string; from: number }[];
  /** Held-out measurements before it. */
  evaluations: number;
  /** The longest time between two changes of the page, from Start to the first step. */
  standstill: number;
  /** What the page said meanwhile. */
  standstillAt: string;
}

/** What a visitor starts most likely. */
export const START_PRESETS = ['demo', 'climb', 'demo-nano'] as const;

/** Measures the second visit to a preset; `readingSeconds` pass between the page's first sight and Start. */
export async function measureStart(
  preset: (typeof START_PRESETS)[number],
  readingSeconds: number,
  say: (line: string) => void,
): Promise<StartTimes> {
  const query = `?preset=${preset}&device=wasm`;
  buildIfStale();
  const server = await serve(DIST, { port: 0 });
  const browser = await launchChromium();
  try {
    const context = await browser.newContext({
      viewport: { width: 1366, height: 625 },
      serviceWorkers: 'block',
    });
    const first = await context.newPage();
    say(`${preset}: first visit, to fill the cache`);
    await visit(browser, first, `${server.url}${query}`, 0);
    await first.close();
    say(`${preset}: second visit`);
    return await visit(browser, await context.newPage(), `${server.url}${query}`, readingSeconds);
  } finally {
    await browser.close();
    await server.close();
  }
}

async function visit(browser: Browser, page: Page, url: string, readingSeconds: number): Promise<StartTimes> {
  // What the compiler calls in functions that it hands over.
  await page.addInitScript({ content: 'globalThis.__name = (named) => named;' });
  const began = performance.now();
  await page.goto(url);
  const start = page.getByRole('button', { name: 'Start', exact: true });
  await start.click({ trial: true });
  const usable = (performance.now() - began) / 1000;
  await page.waitForTimeout(1000 * readingSeconds);
  await page.evaluate(watch);
  const before = await processorSeconds(browser);
  await start.click();
  await page.waitForFunction(() => window.startTimes?.firstStep !== undefined, undefined, {
    timeout: 300_000,
  });
  const processor = (await processorSeconds(browser)) - before;
  const times = await page.evaluate(() => window.startTimes as Required<Watched>);
  return { usable, processor, ...times };
}

/** Processor time of all processes of the browser that live, in seconds. */
async function processorSeconds(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

type Watched = Partial<Omit<StartTimes, 'usable' | 'processor'>>;

declare global {
  interface Window {
    startTimes?: Watched;
  }
}

/** In the page: notes when what happens first after the next click. */
function watch(): void {
  const phases: StartTimes['phases'] = [];
  const times = { standstill: 0, standstillAt: '', phases, evaluations: 0 } as Watched & {
    standstill: number;
    evaluations: number;
  };
  const enter = (name: string) => {
    if (phases.at(-1)?.name !== name) phases.push({ name, from: since() });
  };
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
    if (times.firstStep !== undefined) return;
    if (event.type === 'base') times.baseScores ??= since();
    if (event.type === 'state') enter(event.state);
    if (event.type === 'stage' && event.step > 0) enter(event.stage);
    if (event.type === 'stage' && event.stage === 'evaluate') times.evaluations++;
    if (event.type === 'step') {
      changed();
      times.firstStep ??= since();
    }
  });
}

/** The times as lines, and what was wanted of them. */
export function startTargets(
  { usable, baseScores, moved, firstStep, processor, phases, evaluations, ...stood }: StartTimes,
  where: string,
): Target[] {
  const { standstill, standstillAt } = stood;
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
    figure('Start → first thing moved', moved, 2),
    ...phases.map(({ name, from }, at) =>
      figure(`  of that, ${name}`, (phases[at + 1]?.from ?? firstStep) - from, null),
    ),
    figure('Start → first point of the reward curves', firstStep, 10),
    figure('  of all processors meanwhile', processor, null),
    {
      figure: '  held-out measurements before it',
      where,
      wanted: 'none',
      measured: String(evaluations),
      met: evaluations === 0,
    },
    figure(`longest standstill (“${standstillAt}”)`, standstill, 2),
  ];
}
