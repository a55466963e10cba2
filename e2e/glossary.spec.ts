/** The glossary: part of the page, so that it opens without a network. */
import { expect, test } from '@playwright/test';
import { listen, NOT_OURS, seriousViolations } from './visitor.ts';

test('every term can be found, also without a network, and the focus comes back', async ({
  page,
  context,
}) => {
  const said = listen(page);
  await page.goto('');
  const about = page.getByRole('button', { name: 'About Held-out accuracy' });
  await expect(about).toBeVisible();
  await context.setOffline(true);

  await about.click();
  await page.getByRole('button', { name: 'Forced chain of thought' }).click();
  const drawer = page.getByRole('dialog', { name: 'Glossary' });
  const asked = drawer.getByRole('article').filter({ hasText: 'Forced chain of thought' }).first();
  await expect(asked).toBeInViewport();
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
  await expect(about).toBeFocused();

  const open = page.getByRole('button', { name: 'Glossary', exact: true });
  for (const [width, height] of [
    [1440, 900],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    await open.click();
    await drawer.getByRole('searchbox', { name: 'Find a term' }).fill('undecided');
    await expect(drawer.getByRole('article')).toHaveText(/^Entropy.*Example\./);
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(open).toBeFocused();
  }
  expect(said.filter((text) => !NOT_OURS.test(text))).toEqual([]);
});
