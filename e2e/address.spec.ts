/** Addresses: places that Back and Forward walk through, that a link opens, and that begin at their top. */
import { expect, type Page, test } from '@playwright/test';
import { stepTo, withTeller } from './teller.ts';
import { listen, NOT_OURS, seriousViolations, snapshot } from './visitor.ts';

/** A text is the whole name of the button. */
const press = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true }).first().click();
const drawer = (page: Page) => page.getByRole('dialog');
/** The rows of the buffer, newest first. */
const rows = (page: Page) => page.getByRole('listbox', { name: 'Tasks' }).getByRole('option');

test('Back and Forward walk through views, experiments and opened tasks', async ({ page }) => {
  const said = listen(page);
  await withTeller(page);
  await page.goto('?preset=ci&seed=3');
  await stepTo(page, 3);
  await press(page, 'Experiments');
  await expect(page).toHaveURL(/preset=ci&seed=3.*#view=experiments/);
  const list = page.getByRole('navigation', { name: 'Experiments' });
  await list.getByRole('button', { name: /^What emerges/ }).click();
  await expect(page).toHaveURL(/experiment=emergence/);
  const title = page.locator('#experiment-title');
  await expect(title).toHaveText(/emerges/i);
  await press(page, /^Buffer/);
  await rows(page).nth(1).click();
  await expect(drawer(page)).toContainText('Task a2');
  await expect(page).toHaveURL(/view=buffer.*task=a2/);

  await page.goBack();
  await expect(drawer(page)).toBeHidden();
  await page.goBack();
  await expect(title).toHaveText(/emerges/i);
  await page.goBack();
  await expect(title).not.toHaveText(/emerges/i);
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'The loop' })).toBeVisible();
  for (let i = 0; i < 4; i++) await page.goForward();
  await expect(drawer(page)).toContainText('Task a2');
  // The run was there all the time.
  expect((await snapshot(page)).step).toBe(3);

  // A task of one run is not taken for one of the next.
  await press(page, 'Reset');
  await expect(drawer(page)).toBeHidden();
  await stepTo(page, 2);
  await page.goBack();
  await page.goForward();
  await expect(drawer(page)).toBeHidden();
  // Python is not let in here, which the browser remarks.
  expect(said.filter((text) => !NOT_OURS.test(text) && !/ERR_FAILED/.test(text))).toEqual([]);
});

test('an address opens its experiment, and a new experiment begins at its top', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto('?preset=ci#view=experiments&experiment=emergence');
  await expect(page.locator('#experiment-title')).toHaveText(/emerges/i);
  const main = page.locator('main');
  const top = () => main.evaluate((element) => element.scrollTop + window.scrollY);
  await expect(page.getByRole('table').first()).toBeVisible();
  await main.evaluate((element) => element.scrollTo(0, 400));
  expect(await top()).toBeGreaterThan(100);
  await page.getByRole('navigation', { name: 'Experiments' }).getByRole('button').first().click();
  await expect.poll(top).toBe(0);
  await page.goto('?preset=ci#view=experiments&experiment=nonsense');
  await expect(page.getByText('There is no experiment of the name “nonsense”')).toBeVisible();
});

test('a view opens from before the # as well, also beside a lesson and in a frame, and has one address', async ({
  page,
}) => {
  await withTeller(page);
  await page.goto('?view=experiments&experiment=emergence');
  await expect(page.locator('#experiment-title')).toHaveText(/emerges/i);
  await expect(page).toHaveURL(/\?preset=demo&seed=1#view=experiments&experiment=emergence$/);
  await press(page, 'Lab');
  await expect(page).toHaveURL(/\?preset=demo&seed=1$/);
  await page.goBack();
  await expect(page.locator('#experiment-title')).toHaveText(/emerges/i);

  await page.goto('?view=runs&lesson=loop&page=2&hide=buffer');
  await expect(page.getByRole('heading', { name: 'Runs', level: 2 })).toBeVisible();
  await expect(page.locator('.lesson-place')).toBeVisible();
  await expect(page).toHaveURL(/&hide=buffer&lesson=loop&page=2#view=runs&recording=demo&step=8$/);
  // The next page of the lesson takes its own.
  await press(page, 'Back');
  await expect(page.getByRole('heading', { name: 'The loop', level: 2 }).last()).toBeVisible();
  await expect(page).not.toHaveURL(/view=/);
  await page.goto('?embed=1&view=buffer#recording=demo&step=12');
  await expect(rows(page).first()).toBeVisible();
  await expect(page).toHaveURL(/embed=1#view=buffer&recording=demo&step=12$/);
  await expect(page.getByText('in the link is wrong')).toHaveCount(0);
});

test('the run on the page has an address: a reload shows it, with the task that was open', async ({
  page,
}) => {
  await withTeller(page);
  await page.goto('?preset=ci&seed=4&steps=9');
  await stepTo(page, 2);
  await press(page, /^Buffer/);
  await rows(page).first().click();
  await expect(page).toHaveURL(/run=[\w-]+.*task=a2/);
  const address = page.url();
  await page.reload();
  await expect(drawer(page)).toContainText('Task a2');
  await expect(drawer(page)).toContainText('reward');
  expect(await snapshot(page)).toMatchObject({ state: 'paused', step: 2 });
  // It goes on from there, with the buttons, and the task stays open.
  await stepTo(page, 3);
  await expect(drawer(page)).toContainText('Task a2');
  expect((await snapshot(page)).tasks).toHaveLength(4);

  // What the address names and the browser does not have is said.
  const [, run] = /run=([\w-]+)/.exec(address) as unknown as [string, string];
  await page.goto('about:blank');
  await page.goto(address.replace(run, 'of-another-browser'));
  await expect(page.getByText('The run of this address is not in this browser.')).toBeVisible();
  await expect(drawer(page)).toContainText('There is no task a2');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByText('The run of this address')).toBeHidden();
  // An address that is written by hand is followed, too.
  await page.evaluate((id) => {
    location.hash = `run=${id}`;
  }, run);
  await expect.poll(async () => (await snapshot(page)).step).toBe(3);
});

test('a task leads to others and back, and the focus returns to where it was opened', async ({ page }) => {
  await withTeller(page);
  await page.goto('?preset=ci&seed=3');
  await stepTo(page, 3);
  const row = page.locator('.rail-list button').first();
  await row.focus();
  await page.keyboard.press('Enter');
  await expect(drawer(page)).toContainText('Task a3');
  expect(await seriousViolations(page)).toEqual([]);
  const parent = (step: number) =>
    drawer(page)
      .getByRole('button', { name: `return x + ${step}` })
      .first();
  await expect(drawer(page).getByRole('button', { name: 'Back' })).toBeHidden();
  await parent(2).press('Enter');
  await expect(drawer(page)).toContainText('Task a2');
  await expect(drawer(page).locator('.drawer-body')).toBeFocused();
  await parent(1).press('Enter');
  await expect(drawer(page)).toContainText('Task a1');
  await drawer(page).getByRole('button', { name: 'Back' }).click();
  await expect(drawer(page)).toContainText('Task a2');
  await page.goBack();
  await expect(drawer(page)).toContainText('Task a3');
  await expect(drawer(page).getByRole('button', { name: 'Back' })).toBeHidden();
  await expect(drawer(page).getByRole('button', { name: 'Next' })).toBeDisabled();
  for (const id of ['a2', 'a1', 'a0']) {
    await drawer(page).getByRole('button', { name: 'Previous' }).click();
    await expect(drawer(page)).toContainText(`Task ${id}`);
  }
  await expect(drawer(page).getByRole('button', { name: 'Previous' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect(row).toBeFocused();

  // In the browser of the buffer the row may be gone: the list has the focus then.
  await press(page, /^Buffer/);
  await rows(page).nth(2).click();
  await expect(drawer(page)).toContainText('Task a1');
  await page.getByRole('searchbox').fill('return x + 3');
  await drawer(page).getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('listbox', { name: 'Tasks' })).toBeFocused();
});

test('the skip link leads to the buttons of the run, and leaves the address alone', async ({ page }) => {
  await page.goto('?preset=ci');
  await expect(page.getByRole('button', { name: 'Start' })).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Start' })).toBeFocused();
  expect(new URL(page.url()).hash).toBe('');
});
