/** The ladder of a run whose trainer only tells of it: what stands where, and what a row opens. */
import { expect, type Page, test } from '@playwright/test';
import { seriousViolations } from './visitor.ts';

/** Takes the trainer's place: a base, two steps with tasks of many lengths, one evaluation with an example. */
const TELLER = `
  const accuracy = (...values) => ({ deduction: Object.fromEntries(values.map((value, i) => [i + 1, value])) });
  const metrics = (step, over) => ({
    step, seconds: step, reward: {}, solveRate: {}, solveCounts: [0, 1], proposals: 8, validRate: 1, newTasks: 4,
    rejections: {}, thinkShare: {}, responseLength: {}, bufferSize: 4, bufferByKind: {}, fingerprints: 4, loss: 0,
    gradNorm: 1, entropy: 1, klToBase: {}, zeroStdGroups: 0, learningRate: 0.001, tokensSampled: 1, tokensTrained: 1,
    tasksPerSecond: 1, tokensSampledPerSecond: 1, tokensTrainedPerSecond: 1, phaseSeconds: {},
    memory: { tensors: 1, bytes: 1 }, ...over,
  });
  const sandbox = { workers: 1, ready: 1, runs: 0, respawned: 0, queued: 0, busyMs: 0, startMs: 0, firstVerdictMs: null };
  const example = {
    tier: 5, program: 'def f(x):\\\\n    y = x + 4\\\\n    return y', input: '5', output: '9',
    base: {
      parts: ['<think>x = 5;', '<1>5 + 4 = 8;', 'y = 8;<2>8;<ans>8<eos>'], cause: 'arithmetic',
      expected: '<1>5 + 4 = 9;',
    },
    now: { parts: ['<think>x = 5;<1>5 + 4 = 9;y = 9;<2>9;<ans>9<eos>', '', ''], cause: null, expected: '' },
  };
  onmessage = ({ data }) => {
    if (data.type !== 'start') return;
    const scores = accuracy(0.9, 0.8, 0.8, 0.7, 0.2);
    const forced = accuracy(1, 1, 0.9, 0.9, 0.3);
    for (const event of [
      { type: 'state', state: 'running' },
      { type: 'base', name: 'pico', scores, forced, thinks: {}, from: 'measured' },
      { type: 'step', sandbox, metrics: metrics(1, { newTaskLines: { 1: 3, 3: 1 } }) },
      { type: 'ladder', step: 2, examples: [example] },
      { type: 'step', sandbox, metrics: metrics(2, {
        newTaskLines: { 7: 1, 3: 1 }, heldOut: accuracy(1, 1, 0.9, 0.9, 0.6),
      }) },
    ]) postMessage(event);
  };
`;

async function start(page: Page, query: string): Promise<void> {
  await page.route('**/assets/worker-*.js', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: TELLER.replaceAll('\\\\n', '\\n') }),
  );
  await page.route('**/pyodide/**', (route) => route.abort());
  await page.goto(query);
  await page.getByRole('button', { name: 'Start' }).click();
  await expect.poll(() => page.evaluate(() => window.kelvin?.snapshot().step)).toBe(2);
}

test('where the run only deduces the ladder comes first, and a row opens both thoughts', async ({ page }) => {
  await page.setViewportSize({ width: 1366, height: 625 });
  await start(page, '?preset=ci&abduction=false&induction=false&evaluation-tiers=5');
  const ladder = page.getByRole('region', { name: 'The ladder' });
  await expect(ladder).toBeInViewport({ ratio: 1 });
  await expect(ladder.getByText('longer than anything it was shown (6 lines)')).toBeVisible();

  const row = ladder.getByRole('button', {
    name: '7–8 lines: 60 % right today, base told to think 30 %, 50 % of its new tasks',
  });
  await row.focus();
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('dialog', { name: 'A held-out program of 7–8 lines' });
  await expect(drawer.locator('mark')).toHaveText('first wrong step: 5 + 4 = 8;');
  await expect(drawer.getByText('arithmetic')).toBeVisible();
  await expect(drawer.getByText('line 1: 5 + 4 = 9')).toBeVisible();
  expect(await seriousViolations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
  await expect(row).toBeFocused();

  const cells = ladder.getByRole('row', { name: /^7–8/ }).getByRole('cell');
  await expect(cells).toHaveText(['20 %', '30 %', '60 %', '50 %']);
});

test('elsewhere it is one of the charts, and it fits a telephone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await start(page, '?preset=ci');
  await expect(page.getByRole('region', { name: 'The ladder' })).toBeHidden();
  await page.getByRole('radio', { name: 'Ladder' }).click();
  await expect(page.getByRole('region', { name: 'The ladder' })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});
