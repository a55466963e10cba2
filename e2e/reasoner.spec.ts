/** The reasoner in a worker of real Chromium: WebGPU and wasm agree with plain JavaScript, and no GPU error is silent. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { build } from 'vite';
import { type StaticServer, serve } from '../scripts/common/server.ts';
import { isLong } from '../test/scale.ts';
import type { Findings, Question } from './fixtures/reasoner/worker.ts';

const root = fileURLToPath(new URL('./fixtures/reasoner', import.meta.url));
let folder: string;
let server: StaticServer;

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'reasoner-')) + sep;
  await build({
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true },
  });
  server = await serve(folder, { port: 0, base: '/deep/path/' });
});
test.afterAll(async () => {
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function ask(page: Page, question: Question): Promise<Findings> {
  await page.goto(server.url);
  return page.evaluate((asked) => window.ask(asked), question);
}

function expectClose(got: readonly number[], want: readonly number[], tolerance: number): void {
  expect(got).toHaveLength(want.length);
  const worst = got.reduce((most, value, i) => Math.max(most, Math.abs(value - (want[i] as number))), 0);
  expect(worst).toBeLessThan(tolerance);
}

for (const device of ['webgpu', 'wasm'] as const) {
  test(`${device} computes what plain JavaScript does`, async ({ page }) => {
    const errors: string[] = [];
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    const want = await ask(page, { device: 'cpu' });
    const got = await ask(page, { device, steps: 2 });
    console.log(`      ${got.device}`);
    expect(got.backend).toBe(device);
    expect(got.notices).toEqual([]);
    expect(got.faults).toEqual([]);
    expectClose(got.logprobs, want.logprobs, 1e-4);
    expectClose(got.sampled, got.recomputed, 1e-4);
    expectClose(got.updated, want.updated, 1e-3);
    for (const key of ['loss', 'gradNorm', 'entropy', 'kl'] as const) {
      expect(got.report[key]).toBeCloseTo(want.report[key], 4);
    }
    expect(got.tensors[1]).toBe(got.tensors[0]);
    expect(errors).toEqual([]);
  });
}

test('a GPU error is a fault, and nothing works after it', async ({ page }) => {
  const { faults, refusal } = await ask(page, { device: 'webgpu', breakGpu: true });
  expect(faults).toHaveLength(1);
  expect(faults[0]).toContain('gpu-error');
  expect(refusal).toContain('refused a command');
});

if (isLong) {
  // A device is lost and opened three times; `faults.spec.ts` has the loss for good in every run.
  test('a lost device is opened again and the work in hand done once more', async ({ page }) => {
    const { faults, interrupted } = await ask(page, { device: 'webgpu', loseGpu: true });
    expect(faults.length).toBeGreaterThan(0);
    for (const fault of faults) expect(fault).toMatch(/^device-recovered: The graphics device was lost/);
    const [undisturbed, ...others] = interrupted;
    expect(others).toHaveLength(2);
    for (const other of others) expect(other).toEqual(undisturbed);
  });
}

test('without a GPU, auto says so and takes wasm', async ({ page }) => {
  const { backend, notices } = await ask(page, { device: 'auto', hideGpu: true });
  expect(backend).toBe('wasm');
  expect(notices).toEqual([expect.stringContaining('WebGPU is not available')]);
});
