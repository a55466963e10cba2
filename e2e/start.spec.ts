/** What is loaded before anybody presses Start, and what Start then has to wait for. */
import { expect, test } from '@playwright/test';
import { listen, NOT_OURS, snapshot, stateIs } from './visitor.ts';

const SMALL =
  '?preset=demo-nano&device=wasm&steps=2&seeding-target=2&proposals-per-kind=2&evaluation-tasks=2&pass-k=0';
const READY = 'Python and the nano base are loaded';

/** Files that a run needs, as they are asked for. */
const HEAVY = /pyodide\.asm\.wasm|model\.safetensors/;

test('Python, engine and base are loaded as soon as the page is drawn, and Start takes them', async ({
  page,
}) => {
  const said = listen(page);
  const asked: string[] = [];
  page.on('request', (request) => HEAVY.test(request.url()) && asked.push(request.url()));
  await page.goto(SMALL);
  await expect(page.getByText(READY)).toBeVisible();
  expect(await snapshot(page)).toMatchObject({ state: 'idle', engine: null, notices: [] });
  expect(asked).toHaveLength(2);
  const bases = page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const heard: string[] = [];
        window.kelvin?.onEvent((event) => {
          if (event.type === 'base') heard.push(event.from);
          if (event.type === 'state' && event.state === 'finished') resolve(heard);
        });
      }),
  );
  await page.getByRole('button', { name: 'Start' }).click();
  await stateIs(page, 'finished');
  expect(asked).toHaveLength(2);
  expect(await bases).toEqual(['shipped', 'measured']);
  await expect(page.getByText('base, measured here').first()).toBeVisible();
  await page.getByRole('button', { name: 'Reset', exact: true }).click();
  await expect(page.getByText(READY)).toBeVisible();
  expect(said.filter((text) => !NOT_OURS.test(text))).toEqual([]);
});

for (const preset of ['demo', 'climb']) {
  test(`the first point of ${preset} is drawn before anything held-out is measured`, async ({ page }) => {
    // Its own suites and lengths, which decide whether the base's shipped scores stand; only the steps are small.
    await page.goto(
      `?preset=${preset}&device=wasm&steps=3&seeding-target=2&proposals-per-kind=2&buffer-tasks-per-kind=0&attempts-per-task=2&focus-attempts=0`,
    );
    const told = page.evaluate(
      () =>
        new Promise<string[]>((resolve) => {
          const heard: string[] = [];
          window.kelvin?.onEvent((event) => {
            if (event.type === 'base') heard.push(`base, ${event.from}`);
            if (event.type === 'progress' && event.progress?.what === 'evaluation') heard.push('measuring');
            if (event.type === 'stage' && event.stage === 'evaluate') heard.push('evaluate');
            if (event.type !== 'step') return;
            window.kelvin?.pause();
            resolve([...heard, `point ${event.metrics.step}`]);
          });
        }),
    );
    await page.getByRole('button', { name: 'Start' }).click();
    expect(await told).toEqual(['base, shipped', 'point 1']);
    await stateIs(page, 'paused');
    await page.getByRole('radio', { name: 'Learning' }).click();
    const rewards = page.getByRole('table', { name: 'Reward by role' }).getByRole('cell');
    await expect(rewards.first()).toHaveText(/\d/);
    // The next has a few held-out tasks, so that the turn can be seen.
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await expect.poll(async () => (await snapshot(page)).metrics?.step, { timeout: 1_000_000 }).toBe(2);
    const { metrics } = await snapshot(page);
    expect(metrics?.heldOut).toBeUndefined();
    expect(metrics?.heldOutQuick?.tasks).toBeGreaterThan(0);
    expect(metrics?.heldOutThinks?.deduction).toBeDefined();
    const heldOut = page.getByRole('region', { name: 'Held-out accuracy' });
    await expect(heldOut.getByText('hollow: asked only a few of them')).toBeVisible();
    await expect(heldOut.getByText(/the base, ±\s\d+ on \d+ tasks/)).toBeVisible();
  });
}

test('what changes before Start is loaded anew; where the connection is metered, nothing is', async ({
  page,
  context,
}) => {
  await page.goto('?preset=ci&device=wasm');
  await expect(page.getByText('Python and the fresh weights are loaded')).toBeVisible();
  await page.getByRole('button', { name: /^Preset/ }).click();
  await page.getByRole('menuitemradio', { name: /^Demo, nano/ }).click();
  await expect(page.getByText(READY)).toBeVisible();
  await page.close();

  const metered = await context.newPage();
  const asked: string[] = [];
  metered.on('request', (request) => HEAVY.test(request.url()) && asked.push(request.url()));
  await metered.addInitScript({
    content: `Object.defineProperty(navigator, 'connection', { value: { saveData: true } });`,
  });
  await metered.goto(SMALL);
  await expect(metered.getByText(/Press Start/).first()).toBeVisible();
  await metered.waitForLoadState('networkidle');
  expect(asked).toEqual([]);
  await metered.getByRole('button', { name: 'Start' }).click();
  await stateIs(metered, 'finished');
});

test('what fails before Start is no fault on the page of a reader, and Start tries again', async ({
  page,
}) => {
  let fail = () => {};
  const mayFail = new Promise<void>((resolve) => {
    fail = resolve;
  });
  await page.route('**/pyodide/**', async (route) => {
    await mayFail;
    await route.abort();
  });
  await page.goto(SMALL);
  const hasFailed = page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        window.kelvin?.onEvent((event) => {
          if (event.type === 'prepared' && event.failed.includes('python')) resolve();
        });
      }),
  );
  fail();
  await hasFailed;
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect((await snapshot(page)).fatal).toBeNull();
  await page.unroute('**/pyodide/**');
  await page.getByRole('button', { name: 'Start' }).click();
  await stateIs(page, 'finished');
});
