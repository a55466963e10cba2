/** What the tests of the page look at: its console, its accessibility, its run. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';

interface AxeViolation {
  id: string;
  impact: string | null;
  nodes: { html: string }[];
}

/** Console errors and warnings, and uncaught exceptions, of a page. */
export function listen(page: Page): string[] {
  const said: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') said.push(message.text());
  });
  page.on('pageerror', (error) => said.push(String(error)));
  return said;
}

/** Chromium's own remarks about a machine without a GPU, and Playwright's; nothing Kelvin can change. */
export const NOT_OURS =
  /software|SwiftShader|fallback adapter|powerPreference|No available adapters|blocked by Playwright/i;

/** What axe finds serious in the page at rest: a colour on its way to another one is not a colour of the page. */
export async function seriousViolations(page: Page): Promise<string[]> {
  await page.addScriptTag({
    content: readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8'),
  });
  const violations = await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map(({ finished }) => finished));
    const { axe } = window as unknown as { axe: { run: () => Promise<{ violations: AxeViolation[] }> } };
    return (await axe.run()).violations;
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
}

export const snapshot = (page: Page) => page.evaluate(() => window.kelvin!.snapshot());
/** Waits for the run to be in a state, however long it takes to get there, unless it can no longer get there. */
export const stateIs = (page: Page, wanted: string) =>
  expect
    .poll(
      async () => {
        const { state, fatal } = await snapshot(page);
        if (fatal) throw new Error(`Waiting for ${wanted}, the run failed: ${fatal.message}`);
        if (state === 'finished' && wanted !== state && wanted !== 'idle')
          throw new Error(`Waiting for ${wanted}, the run finished.`);
        return state;
      },
      { timeout: 1_000_000 },
    )
    .toBe(wanted);
