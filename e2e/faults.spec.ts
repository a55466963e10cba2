/** What the page says when a part of it fails: a plain sentence and a way on, never a dead end. */
import { expect, test } from '@playwright/test';

const snapshot = () => window.kelvin!.snapshot();

test('a trainer worker that dies is told, and the next start brings a new one', async ({ page }) => {
  await page.route('**/assets/worker-*.js', (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      body: `onmessage = ({ data }) => { if (data.type === 'start') throw new Error('out of luck'); };`,
    }),
  );
  await page.goto('?preset=ci&device=wasm');
  await page.getByRole('button', { name: 'Start' }).click();
  const panel = page.getByRole('alert');
  await expect(panel).toContainText('The worker that trains the reasoner stopped');
  await expect(panel).toContainText('out of luck');
  await page.unroute('**/assets/worker-*.js');
  await panel.getByRole('button', { name: 'Start again' }).click();
  await expect.poll(async () => (await page.evaluate(snapshot)).engine?.backend).toBe('wasm');
  await expect(panel).toBeHidden();
});

test('a graphics device that is lost for good offers WebAssembly', async ({ page }) => {
  // Said by a stand-in: a real device is lost only by accident.
  await page.route('**/assets/worker-*.js', (route) =>
    route.fulfill({
      contentType: 'text/javascript',
      body: `onmessage = ({ data }) => {
        if (data.type !== 'start') return;
        postMessage({ type: 'engine', backend: 'webgpu', device: 'a card', parameters: 1 });
        postMessage({ type: 'fault', fault: {
          code: 'device-lost', message: 'The graphics device was lost.', remedy: 'Press Start to begin again.', fatal: true,
        } });
      };`,
    }),
  );
  await page.goto('?preset=ci');
  await page.getByRole('button', { name: 'Start' }).click();
  const panel = page.getByRole('alert');
  await expect(panel).toContainText('The graphics device was lost.');
  await page.unroute('**/assets/worker-*.js');
  await panel.getByRole('button', { name: 'Use WebAssembly instead' }).click();
  await expect.poll(async () => (await page.evaluate(snapshot)).engine?.backend).toBe('wasm');
});

test('without a graphics card the page says what it takes instead, and goes on', async ({ page }) => {
  await page.goto('?preset=ci');
  const hasCard = await page.evaluate(async () => {
    const adapter = await navigator.gpu?.requestAdapter();
    return adapter != null && !adapter.info.isFallbackAdapter;
  });
  test.skip(hasCard, 'this machine has a graphics card');
  await expect(page.getByText(/: WebAssembly$/)).toBeVisible();
  await page.getByRole('button', { name: 'Start' }).click();
  await expect(page.getByText(/WebGPU is not available .* using WebAssembly instead/)).toBeVisible();
  await expect.poll(async () => (await page.evaluate(snapshot)).engine?.backend).toBe('wasm');
  expect((await page.evaluate(snapshot)).fatal).toBeNull();
});

/** Of the engine's threads one does not come up, and another one is ended in the middle of its work. */
const MORTAL_THREADS = `
  const Living = Worker;
  let opened = 0;
  let asked = 0;
  const broken = URL.createObjectURL(new Blob(["throw new Error('out of luck')"], { type: 'text/javascript' }));
  self.Worker = class extends Living {
    constructor(url, options) {
      super(opened++ === 0 ? broken : url, options);
    }
    postMessage(message) {
      super.postMessage(message);
      if (message.type !== 'shard' || ++asked !== 7) return;
      setTimeout(() => {
        this.terminate();
        this.dispatchEvent(new ErrorEvent('error', { message: 'out of memory' }));
        console.log('ended a thread, ' + opened + ' were opened');
      });
    }
  };
`;

test('threads of the engine that fail are replaced, and the run goes on', async ({ page }) => {
  await page.route('**/assets/worker-*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: MORTAL_THREADS + (await response.text()) });
  });
  const ended: string[] = [];
  page.on('console', (message) => {
    if (message.text().startsWith('ended a thread')) ended.push(message.text());
  });
  await page.goto('?preset=ci&device=wasm&engine-threads=2&warm-up-updates=20&steps=1');
  await page.getByRole('button', { name: 'Start' }).click();
  await expect.poll(async () => (await page.evaluate(snapshot)).state).toBe('finished');
  // Two at first, and one for each that failed.
  await expect.poll(() => ended).toEqual(['ended a thread, 4 were opened']);
  expect((await page.evaluate(snapshot)).engine?.device).toBe('WebAssembly (2 threads)');
  expect((await page.evaluate(snapshot)).fatal).toBeNull();
});
