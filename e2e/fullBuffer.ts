/** A run whose buffer is full: ten thousand tasks from a trainer that only tells of them. */
import { expect, type Page } from '@playwright/test';

export const TASKS = 10_000;

/** Takes the trainer's place: what the page is told is all that matters here. */
const TELLER = `
  const kinds = ['deduction', 'abduction', 'induction'];
  const task = (i) => ({
    id: 't' + i,
    kind: kinds[i % 3],
    program: 'def f(x):\\n    y = x * ' + (i % 97) + '\\n    return y + ' + i,
    input: String(i % 13),
    output: String((i % 13) * (i % 97) + i),
    step: 1 + Math.floor(i / 50),
    parents: i > 0 ? ['t' + Math.floor(i / 2)] : [],
    fingerprint: 'b' + i,
    solveRate: (i % 9) / 8,
  });
  onmessage = ({ data }) => {
    if (data.type !== 'start') return;
    postMessage({ type: 'state', state: 'running' });
    for (let from = 0; from < ${TASKS}; from += 50) {
      const added = Array.from({ length: 50 }, (_, i) => task(from + i));
      postMessage({ type: 'tasks', added, updated: [], evicted: [] });
    }
  };
`;

/** Starts it, and opens the view of its buffer. */
export async function openFullBuffer(page: Page): Promise<void> {
  await page.route('**/assets/worker-*.js', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: TELLER }),
  );
  await page.route('**/pyodide/**', (route) => route.abort());
  await page.goto('?preset=ci');
  await page.getByRole('button', { name: 'Start' }).click();
  const held = () => page.evaluate(() => window.kelvin!.snapshot().tasks.length);
  await expect.poll(held).toBe(TASKS);
  await page.getByRole('button', { name: /^Buffer/ }).click();
}
