/** How much of the page a link shows: panels hidden, a frame of another page without an origin, a projector. */
import { expect, type Page, test } from '@playwright/test';
import { DIST, type StaticServer, serve } from '../scripts/common/server.ts';
import { seriousViolations } from './visitor.ts';

const RECORDING = '#recording=demo';
const slider = (page: Pick<Page, 'getByRole'>) => page.getByRole('slider', { name: 'Step of the recording' });

test('a link hides panels, the others take their place, and a name that hides nothing is said', async ({
  page,
}) => {
  await page.goto(`?hide=header,buffer,readouts,slow-motion,nonsense${RECORDING}`);
  await expect(slider(page)).toBeVisible();
  for (const hidden of ['.header', '.buffer-rail', '.readouts', '.slow'])
    await expect(page.locator(hidden)).toBeHidden();
  await expect(page.getByText('There is nothing called “nonsense” to hide')).toBeVisible();
  const { width } = (await page.locator('.loop').boundingBox())!;
  expect(width).toBeGreaterThan(1300);
  expect(await seriousViolations(page)).toEqual([]);
  // What the address hides stays hidden when it is written anew, and after a reload.
  await expect(page).toHaveURL(/hide=header,slow-motion,readouts,buffer#recording=demo$/);
  await page.reload();
  await expect(page.locator('.loop')).toBeVisible();
  await expect(page.locator('.header')).toBeHidden();

  await page.goto('?hide=loop,charts,controls&seed=3');
  await expect(page.locator('.buffer-rail')).toBeVisible();
  for (const hidden of ['.loop', '.board', '.transport']) await expect(page.locator(hidden)).toBeHidden();
});

test.describe('in a frame of another page', () => {
  let server: StaticServer;
  test.beforeEach(async () => {
    server = await serve(DIST, { port: 0, isOpen: true });
  });
  test.afterEach(() => server.close());

  test('with scripts alone, without an origin, a recording plays, and what is missing is said', async ({
    page,
  }) => {
    const thrown: string[] = [];
    page.on('pageerror', (error) => thrown.push(String(error)));
    await page.route('**/course.html', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<!doctype html><html lang="en"><title>A course</title><main><h1>A course</h1><iframe title="Kelvin"
          sandbox="allow-scripts" width="1200" height="700" src="${server.url}?embed=1${RECORDING}"></iframe></main>`,
      }),
    );
    await page.goto(`${server.url}course.html`);
    const frame = page.frameLocator('iframe');
    await expect(frame.getByRole('note')).toContainText('Nothing is kept in this frame');
    await expect(frame.locator('.header')).toHaveCount(0);
    await slider(frame as unknown as Page).fill('9');
    await expect(frame.locator('.loop-caption')).toContainText('A task from step 9');
    await frame.getByRole('button', { name: 'One step back' }).click();
    await expect(frame.locator('.loop-caption')).toContainText('A task from step 8');
    await frame.getByRole('button', { name: 'Close' }).click();
    await frame.getByRole('button', { name: 'Start' }).click();
    await expect(frame.getByRole('alert')).toContainText('lets it start no workers');
    await frame.getByRole('button', { name: 'Reset' }).click();
    await frame.getByRole('button', { name: 'Watch a recorded run' }).click();
    await expect(frame.getByRole('button', { name: 'Pause' })).toBeVisible();
    expect(thrown).toEqual([]);
  });

  test('with storage there is no word of it', async ({ page }) => {
    await page.goto(`${server.url}?embed=1${RECORDING}`);
    await expect(slider(page)).toBeVisible();
    await expect(page.getByRole('note')).toHaveCount(0);
    await expect(page.locator('.header')).toHaveCount(0);
  });
});

/** Text that is drawn smaller than so many pixels of the screen. */
const smallerThan = (page: Page, least: number) =>
  page.evaluate((pixels) => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement as Element & { currentCSSZoom?: number };
      const text = node.textContent?.trim();
      if (
        !text ||
        !element?.checkVisibility() ||
        element.closest('.visually-hidden, .skip-link, script, style')
      )
        continue;
      const size = Number.parseFloat(getComputedStyle(element).fontSize) * (element.currentCSSZoom ?? 1);
      if (size < pixels - 0.01) found.push(`${size}px: ${text.slice(0, 40)}`);
    }
    return found;
  }, least);

/** Pixels of what is scrolled that are out of sight. */
const hiddenBelow = (element: HTMLElement | SVGElement) => element.scrollHeight - element.clientHeight;

test('for a projector there are the loop and one chart, and nothing is small', async ({ page }) => {
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.goto(`?projector=1${RECORDING}`);
  await slider(page).fill('12');
  await expect(page.locator('.loop-caption')).toContainText('A task from step 12');
  await expect(page.locator('.chart')).toHaveCount(1);
  await expect(page.locator('.buffer-rail, .header')).toHaveCount(0);
  expect(await smallerThan(page, 24)).toEqual([]);
  expect(await page.locator('.attempts-scroll').evaluate(hiddenBelow)).toBeLessThanOrEqual(0);
  // The cursor of the chart is where the mouse is: in the middle it reads the middle.
  const { x, y, width, height } = (await page.locator('.plot .u-over').boundingBox())!;
  await page.mouse.move(x + width / 2, y + height / 2);
  await expect(page.locator('.plot')).toHaveAttribute('aria-valuenow', '6');
  await page.getByRole('button', { name: /^Slow/ }).click();
  await page.getByRole('button', { name: 'One stage on' }).click();
  await expect(page.locator('.loop-caption-slow')).toBeVisible();
  expect(await smallerThan(page, 24)).toEqual([]);
  const overflow = await page.evaluate(() => [
    document.documentElement.scrollWidth - innerWidth,
    document.documentElement.scrollHeight - innerHeight,
  ]);
  expect(Math.max(...overflow)).toBeLessThanOrEqual(0);
  expect(await seriousViolations(page)).toEqual([]);
  // Before a run, too.
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('button', { name: 'Start' })).toBeVisible();
  expect(await smallerThan(page, 24)).toEqual([]);
});

for (const [width, height] of [
  [1366, 625],
  [1024, 768],
  [390, 844],
] as const)
  test(`for a projector nothing is cut at ${width} × ${height}; a short screen scrolls`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.goto(`?projector=1&embed=1${RECORDING}`);
    await slider(page).fill('12');
    await expect(page.locator('.loop-caption')).toContainText('A task from step 12');
    await expect(page.locator('.plot canvas')).toBeVisible();
    for (const scrolled of await page.locator('.cell-scroll, .attempts-scroll').all())
      expect(await scrolled.evaluate(hiddenBelow)).toBeLessThanOrEqual(1);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    );
    const chart = (await page.locator('.chart').boundingBox())!;
    const loop = (await page.locator('.loop').boundingBox())!;
    expect(chart.y).toBeGreaterThanOrEqual(loop.y + loop.height);
    expect(await seriousViolations(page)).toEqual([]);
  });
