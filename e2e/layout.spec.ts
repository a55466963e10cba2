/** Laws of the page's layout: what is in sight at the sizes of laptops, tablets and phones, and that nothing is pushed out. */
import { expect, type Locator, type Page, test } from '@playwright/test';
import { seriousViolations, stateIs } from './visitor.ts';

const SHORT =
  '?preset=demo-nano&steps=2&seeding-target=2&proposals-per-kind=2&evaluation-tasks=2&evaluation-tiers=2&evaluate-every=2&pass-k=0&device=wasm';
const VIEWS = ['Lab', 'Buffer', 'Runs', 'Experiments'] as const;

const view = (page: Page, name: string) =>
  page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .click();
const sideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

async function boxOf(found: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await found.boundingBox();
  if (!box) throw new Error('It is not on the page.');
  return box;
}

test('nothing is pushed out sideways, in any view, on a tablet or a phone', async ({ page }) => {
  for (const width of [1024, 390]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto('?preset=demo-nano');
    for (const name of VIEWS) {
      await view(page, name);
      await expect(page.getByRole('button', { name: 'Start' })).toBeVisible();
      expect(await sideways(page), `${name} at ${width}`).toBe(0);
    }
    const list = page.getByRole('navigation', { name: 'Experiments' });
    const last = await boxOf(list.getByRole('button').last());
    expect(last.x + last.width, `the list of experiments at ${width}`).toBeLessThanOrEqual(width);
    await view(page, 'Lab');
    const tools = await boxOf(page.getByRole('button', { name: /theme|dark|light/i }).first());
    expect(tools.x + tools.width).toBeLessThanOrEqual(width);
  }
});

test('at 1366 × 625 a run shows its first charts without scrolling, and a task opens beside the list', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1366, height: 625 });
  await page.goto(SHORT);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await stateIs(page, 'finished');
  for (const title of ['Reward by role', 'Held-out accuracy', 'Thinking']) {
    const chart = page.getByRole('region', { name: title, exact: true });
    const { y, height } = await boxOf(chart);
    expect(y + height, title).toBeLessThanOrEqual(625);
    const plot = await boxOf(chart.getByRole('slider'));
    expect(plot.height, `${title}: room for its lines`).toBeGreaterThan(50);
  }
  expect(await seriousViolations(page)).toEqual([]);

  const rail = page.getByRole('region', { name: 'Task buffer' });
  await rail.getByRole('listitem').first().getByRole('button').click();
  const drawer = page.getByRole('dialog');
  // It slides in.
  await expect
    .poll(async () => {
      const { x, width } = await boxOf(drawer);
      return x + width;
    })
    .toBeLessThanOrEqual((await boxOf(rail)).x);
  await rail.getByRole('listitem').nth(1).getByRole('button').click();
  await expect(rail.getByRole('listitem').nth(1).getByRole('button')).toHaveAttribute('aria-current', 'true');
  expect(await seriousViolations(page)).toEqual([]);
});

test('on a phone head and buttons leave most of the screen, and slow motion shows the stage at work', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(SHORT);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByRole('button', { name: /^Slow/ }).click();
  for (const stage of ['Verify', 'Judge']) {
    const lit = page.locator('.cell[data-lit="true"]');
    await expect(page.locator('.stage-head[aria-current="step"]')).toContainText(stage);
    await expect(lit).toBeInViewport({ ratio: 0.2 });
  }
  await page.getByRole('button', { name: /^Slow/ }).click();
  await stateIs(page, 'finished');
  for (const name of VIEWS) {
    await view(page, name);
    const { y, height } = await boxOf(page.getByRole('region', { name: 'Run', exact: true }));
    expect(y + height, name).toBeLessThan(844 / 4);
    const notices = await page.locator('.notices').boundingBox();
    expect(y + height + (notices?.height ?? 0), `${name}, with what is said`).toBeLessThan(844 / 3);
  }
});

test('on a tablet a task that is open leaves the page of a lesson in sight', async ({ page }) => {
  for (const [width, height] of [
    [780, 1000],
    [1024, 768],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.goto('about:blank');
    await page.goto('?lesson=climbing&page=4');
    await page.getByRole('listbox', { name: 'Tasks' }).getByRole('option').first().click();
    const drawer = page.getByRole('dialog', { name: /^Task / });
    await expect(drawer).toBeVisible();
    const next = page.locator('.lesson-place').getByRole('button', { name: 'Next' });
    await next.scrollIntoViewIfNeeded();
    const left = async () => (await drawer.boundingBox())?.x ?? 0;
    const right = async () => {
      const box = await next.boundingBox();
      return (box?.x ?? 0) + (box?.width ?? 0);
    };
    expect(await right()).toBeLessThanOrEqual(await left());
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
});
