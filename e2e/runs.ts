/** What a visitor does with runs: takes steps, and keeps, exports and brings in what they make. */
import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import type { Event } from '../src/run/protocol.ts';
import { metricsLine } from '../src/watch/metrics/files.ts';
import { snapshot, stateIs } from './visitor.ts';

export const press = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name }).first().click();
export const openRuns = (page: Page) => press(page, /^Runs/);
/** What the view of the runs says. */
export const said = (page: Page) => page.locator('.runs').getByRole('alert');

/** One step, from before the first or between two. */
export async function takeStep(page: Page, step: number): Promise<void> {
  await press(page, /^Step/);
  await expect.poll(async () => (await snapshot(page)).metrics?.step, { timeout: 240_000 }).toBe(step);
  await stateIs(page, 'paused');
}

/** Resolves when so many steps of the first run are in the store. */
export const keptSteps = (page: Page, step: number) =>
  expect(page.locator('.runs-facts').first()).toContainText(`${step} of `);

/** Lines of metrics.jsonl of the steps that the page is told of from now on. */
export async function hearSteps(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const heard: Event[] = [];
    Object.assign(window, { heard });
    window.kelvin!.onEvent((event) => event.type === 'step' && heard.push(event));
  });
  return async () => {
    const heard = await page.evaluate(() => (window as unknown as { heard: Event[] }).heard);
    return heard.flatMap((event) =>
      event.type === 'step' ? [JSON.stringify(metricsLine(event.metrics))] : [],
    );
  };
}

/** Presses what exports a run; its zip. */
export async function exported(
  page: Page,
  ask: () => Promise<unknown>,
): Promise<{ name: string; bytes: Buffer }> {
  const download = page.waitForEvent('download');
  await ask();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

/** Chooses files to be brought in. */
export async function bringIn(page: Page, ...files: [name: string, bytes: Uint8Array][]): Promise<void> {
  const chosen = page.waitForEvent('filechooser');
  await press(page, /^Bring in a run/);
  await (await chosen).setFiles(
    files.map(([name, bytes]) => ({
      name,
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(bytes),
    })),
  );
}

/** Drops a file on the view of the runs. */
export async function dropIn(page: Page, name: string, bytes: Uint8Array): Promise<void> {
  await page.locator('.runs').evaluate(
    (target, [fileName, content]) => {
      const dataTransfer = new DataTransfer();
      const decoded = Uint8Array.from(atob(content), (c) => c.charCodeAt(0));
      dataTransfer.items.add(new File([decoded], fileName));
      for (const type of ['dragover', 'drop']) {
        target.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
      }
    },
    [name, Buffer.from(bytes).toString('base64')] as const,
  );
}

/** Drops a folder of the disk, as only the browser itself can. */
export async function dropFolder(page: Page, path: string): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  const box = (await page.locator('.runs').boundingBox())!;
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await cdp.send('Input.dispatchDragEvent', { type, x: box.x + 20, y: box.y + 20, data });
  }
}

/** From the next page on, the browser keeps nothing, as some do in private windows. */
export async function keepNothing(page: Page): Promise<void> {
  await page.addInitScript(() => {
    indexedDB.open = () => {
      throw new DOMException('no storage here', 'SecurityError');
    };
  });
}

/** Goes on with a run that rests before its first step, in Runs, until that step is kept. */
export async function keepFirstStep(page: Page, goOn: RegExp): Promise<void> {
  await press(page, goOn);
  // Until the run begins, what the page shows is the one before it, which may have finished.
  await expect.poll(async () => (await snapshot(page)).state, { timeout: 1_000_000 }).not.toBe('finished');
  await stateIs(page, 'paused');
  await takeStep(page, 1);
  await openRuns(page);
  await keptSteps(page, 1);
}
