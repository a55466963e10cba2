/** Header, address and link say what is on the page, and a link carries everything or says what it does not. */
import { expect, type Page, test } from '@playwright/test';
import { stepTo, withTeller } from './teller.ts';
import { snapshot } from './visitor.ts';

const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText());
const copyLink = (page: Page) => page.getByRole('button', { name: 'Copy link to this set-up' });
const choosePreset = async (page: Page, name: string) => {
  await page.locator('.preset-trigger').click();
  await page
    .getByRole('menuitemradio', { name: new RegExp(`^${name}`) })
    .first()
    .click();
};
/** Puts a program into the editor without asking Python. */
async function useProgram(page: Page, program: string): Promise<void> {
  await page.getByRole('button', { name: /^Seed program/ }).click();
  await page.getByRole('textbox', { name: 'Python functions' }).fill(program);
  await page.getByRole('button', { name: 'Use it unchecked' }).click();
}

test.beforeEach(async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await withTeller(page);
});

test('while a run is on the page, header, address and link are its own, and the next start is named beside it', async ({
  page,
}) => {
  await page.goto('?preset=ci&seed=3');
  await copyLink(page).click();
  await expect.poll(() => copied(page)).toMatch(/\?preset=ci&seed=3$/);
  await stepTo(page, 1);
  await choosePreset(page, 'Demo, nano');
  const header = page.getByRole('banner');
  await expect(header).toContainText('Running: CI');
  await expect(header).toContainText('Next start: Demo, nano');
  await expect(page).toHaveURL(/\?preset=ci&seed=3/);
  await copyLink(page).click();
  await page.getByRole('menuitem', { name: /the run on the page/ }).click();
  await expect.poll(() => copied(page)).toMatch(/\?preset=ci&seed=3$/);
  await copyLink(page).click();
  await page.getByRole('menuitem', { name: /the next start/ }).click();
  await expect.poll(() => copied(page)).toMatch(/\?preset=demo-nano&seed=3$/);

  // A reload keeps both.
  await page.reload();
  await expect(header).toContainText('On the page: CI');
  await expect(header).toContainText('Next start: Demo, nano');
  // Without a run the address is that of the next start again.
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(page).toHaveURL(/\?preset=demo-nano&seed=3$/);
  await expect(header).not.toContainText('Next start');
});

test('a link carries a long seed program; a damaged one is said, and one that is too long', async ({
  page,
}) => {
  const program = `def f(x):\n${'    x = x * 3 + 1  # ü\n'.repeat(120)}    return x`;
  await page.goto('?preset=ci');
  await useProgram(page, program);
  await expect(page).toHaveURL(/program-z=/);
  await copyLink(page).click();
  await expect(page.getByText('Link copied', { exact: true })).toBeVisible();
  const link = await copied(page);
  expect(link.length).toBeLessThan(500);
  await page.goto('about:blank');
  await page.goto(link);
  await expect(page.getByText('Begins with your program')).toBeVisible();
  await page.getByRole('button', { name: 'Seed program: your own' }).click();
  await expect(page.getByRole('textbox', { name: 'Python functions' })).toHaveValue(program);

  await page.goto('about:blank');
  await page.goto(link.slice(0, -20));
  await expect(page.getByText('The seed program in the link arrived damaged')).toBeVisible();
  await expect(page.getByText('Begins with this program')).toBeVisible();

  const noise = Array.from({ length: 20_000 }, (_, i) =>
    String.fromCharCode(33 + (((i * i * 7919) % 8999) % 90)),
  );
  const long = `def f(x):\n    return "${noise.join('').replaceAll(/["\\]/g, '')}"`;
  await useProgram(page, long);
  await copyLink(page).click();
  await expect(page.getByText('a link cannot carry your seed program')).toBeVisible();
  expect(await copied(page)).not.toContain('program');
  // The tab itself does not lose it.
  await page.reload();
  await page.getByRole('button', { name: 'Seed program: your own' }).click();
  await expect(page.getByRole('textbox', { name: 'Python functions' })).toHaveValue(long);
});

test('a base that gave way to a size without one comes back, and the cost of a warm-up is said before Start', async ({
  page,
}) => {
  await page.goto('?preset=demo');
  await page.getByRole('button', { name: 'Settings' }).click();
  const size = page.getByRole('combobox', { name: 'Reasoner size' });
  await size.selectOption('large');
  await expect(page.getByRole('combobox', { name: 'Base', exact: true })).toHaveValue('warm-up');
  await page.keyboard.press('Escape');
  await expect(page.locator('main').getByText('There is no ready-made large base')).toBeVisible();
  await page.getByRole('button', { name: 'Settings' }).click();
  await size.selectOption('nano');
  await expect(page.getByRole('combobox', { name: 'Base', exact: true })).toHaveValue('shipped');
  // A refusal goes when the old value is typed again.
  const steps = page.getByRole('textbox', { name: 'Steps', exact: true });
  const old = await steps.inputValue();
  await steps.fill('0');
  await steps.press('Enter');
  await expect(page.getByRole('alert')).toContainText('Steps');
  await steps.press('ControlOrMeta+A');
  await steps.pressSequentially(old);
  await steps.press('Enter');
  await expect(page.getByRole('alert')).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(page.getByText('There is no ready-made')).toBeHidden();
  expect((await snapshot(page)).state).toBe('idle');
});
