/** The task buffer when it is full. */
import { expect, type Locator, test } from '@playwright/test';
import { openFullBuffer, TASKS } from './fullBuffer.ts';

/** Scrolls from top to bottom in leaps: the most rows there were at once, and the most that one leap drew anew. */
async function scrollThrough(list: Locator): Promise<{ drawn: number; drawnAnew: number }> {
  return list.evaluate(async (element) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const most = { drawn: 0, drawnAnew: 0 };
    let anew = 0;
    const observer = new MutationObserver((changes) => {
      for (const { addedNodes } of changes) anew += addedNodes.length;
    });
    observer.observe(element, { childList: true, subtree: true });
    for (let i = 1; i <= 40; i++) {
      anew = 0;
      element.scrollTop = (i * element.scrollHeight) / 41;
      await frame();
      await frame();
      most.drawn = Math.max(most.drawn, element.querySelectorAll('[role=option]').length);
      most.drawnAnew = Math.max(most.drawnAnew, anew);
    }
    observer.disconnect();
    return most;
  });
}

test('ten thousand tasks are scrolled through at the cost of a hundred: only what is seen is drawn', async ({
  page,
}) => {
  await openFullBuffer(page);
  const list = page.getByRole('listbox', { name: 'Tasks' });
  const isOf = (count: number) =>
    expect(list.getByRole('option').first()).toHaveAttribute('aria-setsize', String(count));
  const search = page.getByRole('searchbox');
  await search.fill('return y + 43');
  await isOf(111);
  const few = await scrollThrough(list);
  await search.fill('');
  await isOf(TASKS);
  const all = await scrollThrough(list);
  expect(few.drawn).toBeGreaterThan(10);
  expect(all.drawn).toBeGreaterThan(10);
  expect(all.drawn).toBeLessThan(100);
  expect(all.drawnAnew).toBeGreaterThan(10);
  expect(all.drawnAnew).toBeLessThan(200);
});

test('a full buffer is filtered, sorted and opened from the keyboard', async ({ page }) => {
  await openFullBuffer(page);
  const list = page.getByRole('listbox', { name: 'Tasks' });
  await list.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('dialog');
  await expect(drawer).toContainText('Task t');
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
  await page.getByRole('searchbox').fill('return y + 4321');
  await expect(page.getByText('1 of 10,000 tasks')).toBeVisible();
  await list.getByRole('option').first().click();
  await expect(drawer).toContainText('Task t4321');
  // The task it grew from is a step away.
  await drawer.getByRole('button', { name: /return y \+ 2160/ }).click();
  await expect(drawer).toContainText('Task t2160');
});
