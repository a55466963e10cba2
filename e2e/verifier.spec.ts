/** The verifier's page: a real run whose numbers add up, and what the sandbox blocked, with its program. */
import { expect, type Page, test } from '@playwright/test';
import type { Event, SandboxReport } from '../src/run/protocol.ts';
import type { BlockedAttempt, HackAttempt } from '../src/watch/findings.ts';
import { listen, NOT_OURS, seriousViolations, stateIs } from './visitor.ts';

/** Ends for few inputs besides its own, 5: whoever tries another runs into the step budget. */
const HARDLY_ENDS = 'def f(x):\n    while x != 5:\n        x = x * 2\n    return x';

interface Heard {
  counts: Record<string, number>;
  blocked: BlockedAttempt[];
  /** In the order in which they were told, hacks among them. */
  attempts: (BlockedAttempt | HackAttempt)[];
  sandbox: SandboxReport;
}

/** Remembers what the trainer tells of the verifier from now on. */
const startListening = (page: Page) =>
  page.evaluate(() => {
    const heard: Event[] = [];
    Object.assign(window, { heard });
    window.kelvin!.onEvent((event) => {
      if (['verdicts', 'hacks', 'step', 'sandbox'].includes(event.type)) heard.push(event);
    });
  });

/** All of it, added up. */
const whatWasHeard = (page: Page): Promise<Heard> =>
  page.evaluate(() => {
    const { heard } = window as unknown as { heard: Event[] };
    const sums: Heard = {
      counts: {},
      blocked: [],
      attempts: [],
      sandbox: undefined as unknown as SandboxReport,
    };
    for (const event of heard) {
      if (event.type === 'step' || event.type === 'sandbox') sums.sandbox = event.sandbox;
      if (event.type === 'hacks') sums.attempts.push(...event.hacks);
      if (event.type !== 'verdicts') continue;
      sums.blocked.push(...event.blocked);
      sums.attempts.push(...event.blocked);
      for (const [verdict, times] of Object.entries(event.counts)) {
        sums.counts[verdict] = (sums.counts[verdict] ?? 0) + times;
      }
    }
    return sums;
  });

const fact = (page: Page, name: string) =>
  page.getByRole('region', { name: 'The verifier in numbers' }).locator('div', { hasText: name });
const whole = (value: number) => value.toLocaleString('en-GB');

test('queue, verdicts by reason and blocked attempts of a real run', async ({ page }) => {
  const said = listen(page);
  const query = new URLSearchParams({
    preset: 'ci',
    steps: '2',
    'warm-up-updates': '300',
    'seeding-target': '6',
    'evaluation-tasks': '1',
    'evaluation-tiers': '1',
    program: HARDLY_ENDS,
  });
  await page.goto(`?${query}`);
  await startListening(page);
  await page.getByRole('radio', { name: 'Verifier' }).click();
  await expect(page.getByText(/^Nothing blocked yet: /)).toBeVisible();
  expect(await seriousViolations(page)).toEqual([]);

  await page.getByRole('button', { name: 'Start' }).click();
  await stateIs(page, 'finished');

  const { counts, blocked, attempts, sandbox } = await whatWasHeard(page);
  for (const [verdict, times] of Object.entries(counts)) {
    await expect(page.locator(`.verdicts [data-verdict="${verdict}"] .verdicts-total`)).toHaveText(
      whole(times),
    );
  }
  // Every reason of the closed set has its row, whether it came up or not.
  await expect(page.locator('.verdicts [data-verdict]')).toHaveCount(10);
  expect(counts.accepted).toBeGreaterThan(20);

  await expect(fact(page, 'Runs judged').locator('strong')).toHaveText(whole(sandbox.runs));
  await expect(fact(page, 'Workers ready').locator('strong')).toHaveText(`1 of ${sandbox.workers}`);
  await expect(fact(page, 'In the queue').locator('strong')).toHaveText('0');
  await expect(fact(page, 'Replaced').locator('strong')).toHaveText(String(sandbox.respawned));
  await expect(fact(page, 'First verdict').locator('strong')).toHaveText(/^[\d.]+ m?s$/);
  expect(sandbox.firstVerdictMs).toBeGreaterThan(sandbox.startMs as number);
  // Verdicts on what the reasoner did are among all runs; probes and held-out tasks are the rest.
  expect(sandbox.runs).toBeGreaterThan(Object.values(counts).reduce((sum, times) => sum + times, 0));

  const newest = attempts.at(-1) as Heard['attempts'][number];
  expect(blocked.length).toBeGreaterThan(0);
  expect(blocked.reduce((sum, { times }) => sum + times, 0)).toBe(
    ['forbidden', 'budget', 'timeout', 'memory', 'nondeterministic'].reduce(
      (sum, verdict) => sum + (counts[verdict] ?? 0),
      0,
    ),
  );
  const rows = page.getByRole('region', { name: 'Latest attempts' }).getByRole('button');
  await expect(rows).toHaveCount(Math.min(200, attempts.length));
  await expect(rows.first()).toContainText('hack' in newest ? newest.answer : newest.detail);

  // By category, with the numbers of the whole run.
  const times = (category: string) =>
    blocked.reduce((sum, attempt) => sum + (attempt.category === category ? attempt.times : 0), 0);
  await page.getByRole('radio', { name: `Never ends ${whole(times('endless'))}` }).click();
  await expect(rows).toHaveCount(
    attempts.slice(-200).filter((attempt) => 'category' in attempt && attempt.category === 'endless').length,
  );
  await page.getByRole('radio', { name: /^All / }).click();

  // Opened, read and closed from the keyboard.
  const budget = attempts.findLastIndex(
    (attempt) => 'refusal' in attempt && attempt.refusal === 'budget' && attempt.program === HARDLY_ENDS,
  );
  const row = rows.nth(attempts.length - 1 - budget);
  await row.focus();
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('dialog');
  await expect(drawer).toContainText('while x != 5');
  await expect(drawer).toContainText('Stopped after 5,000 steps');
  await expect(drawer.getByRole('definition').first()).toHaveText(attempts[budget]?.input as string);
  expect(await seriousViolations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
  await expect(row).toBeFocused();

  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 390, height: 844 });
    await expect(rows.first()).toBeVisible();
    const sideways = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(sideways).toBe(0);
    expect(await seriousViolations(page)).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 900 });
    expect(await seriousViolations(page)).toEqual([]);
  }

  await page.getByRole('button', { name: 'Reset', exact: true }).click();
  await stateIs(page, 'idle');
  await expect(page.getByText(/^Nothing blocked yet: /)).toBeVisible();
  await expect(page.locator('[data-verdict="accepted"] .verdicts-total')).toHaveText('0');
  await expect(fact(page, 'Runs judged').locator('strong')).toHaveText('–');
  expect(said.filter((text) => !NOT_OURS.test(text))).toEqual([]);
});
