/** Every text of the page can be said in another language, has room there, and stands right when read from the right. */
import { expect, type Page, test } from '@playwright/test';
import { listen, NOT_OURS, seriousViolations } from './visitor.ts';

const RECORDING = '#recording=demo';

/**
 * Texts in sight, and names of what is in sight, that were not translated: the pseudo-language marks every word that
 * passes through a catalogue. What is said in no language stands in `translate="no"`, or is code.
 */
const forgotten = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const isOurs = (text: string) => /[A-Za-z]{3}/.test(text) && !/[ÅÉÎÖÛåéîöûñçšžđłřý·]/.test(text);
    const isSaid = (element: Element) =>
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      element.closest('[translate="no"], .mono, code, pre, textarea, script, style') === null;
    const found = new Set<string>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node instanceof Text && node.parentElement && isSaid(node.parentElement)) {
        const text = node.data.trim();
        if (isOurs(text))
          found.add(`${text} (in ${node.parentElement.className || node.parentElement.tagName})`);
      }
      if (!(node instanceof Element) || !isSaid(node)) continue;
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
        const text = node.getAttribute(name)?.trim() ?? '';
        if (isOurs(text)) found.add(`${name}="${text}" (of ${node.className || node.tagName})`);
      }
    }
    return [...found];
  });

/** Opens one view after the other, and in the lab what can be opened there, by what they are and not by their names. */
async function walk(page: Page, look: (what: string) => Promise<void>): Promise<void> {
  const views = page.locator('.views button');
  for (let index = 0; index < (await views.count()); index++) {
    await views.nth(index).click();
    await expect(views.nth(index)).toHaveAttribute('aria-current', 'page');
    await expect(page.getByText('…', { exact: true })).toHaveCount(0);
    await look(`view ${index + 1}`);
  }
  await views.first().click();
  const groups = page.locator('.board [role="radio"]');
  await expect(groups.first()).toBeVisible();
  for (let index = 0; index < (await groups.count()); index++) {
    await groups.nth(index).click();
    await look(`charts ${index + 1}`);
  }
  const about = page.locator('.board .info-button');
  for (let index = 0; index < Math.min(3, await about.count()); index++) {
    await about.nth(index).click();
    await look(`what chart ${index + 1} says about itself`);
    await page.keyboard.press('Escape');
  }
  const tools = page.locator('.header-tools button');
  for (let index = 0; index < (await tools.count()) - 1; index++) {
    await tools.nth(index).click();
    await look(`tool ${index + 1}`);
    await page.keyboard.press('Escape');
  }
  await page.locator('.rail-list button').first().click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await look('a task');
  await page.keyboard.press('Escape');
}

/** Numbers in sight that are read from right to left: what stands first in the text does not stand left of the rest. */
const turned = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found = new Set<string>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const left = (text: Node, at: number) => {
      const range = document.createRange();
      range.setStart(text, at);
      range.setEnd(text, at + 1);
      return range.getBoundingClientRect().left;
    };
    for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
      const { data, parentElement } = node;
      if (!parentElement?.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      for (const { 0: number, index } of data.matchAll(/[−+×±]\s?\d[\d.,]*|\d[\d.,]*( [±/] \d|\s%)/g))
        if (left(node, index) >= left(node, index + number.length - 1))
          found.add(`${data} (in ${parentElement.className || parentElement.tagName})`);
    }
    return [...found];
  });

const sideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

for (const [width, height] of [
  [1366, 625],
  [390, 844],
] as const)
  test(`nothing is forgotten, and longer words have room, at ${width} × ${height}`, async ({ page }) => {
    const said = listen(page);
    await page.setViewportSize({ width, height });
    await page.goto(`?lang=en-XA${RECORDING}`);
    await expect(page.locator('html')).toHaveAttribute('lang', 'en-XA');
    await expect(page.locator('.rail-list button').first()).toBeVisible();
    await walk(page, async (what) => {
      expect.soft(await forgotten(page), what).toEqual([]);
      expect.soft(await sideways(page), `${what}, pushed out sideways`).toBeLessThanOrEqual(0);
    });
    expect(said.filter((line) => !NOT_OURS.test(line))).toEqual([]);
  });

test('from right to left nothing is pushed out, and everything stays accessible', async ({ page }) => {
  await page.goto(`?lang=ar-XB${RECORDING}`);
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expect(page.locator('.rail-list button').first()).toBeVisible();
  await walk(page, async (what) => {
    expect.soft(await seriousViolations(page), what).toEqual([]);
    expect.soft(await turned(page), `${what}, numbers from the right`).toEqual([]);
    expect.soft(await sideways(page), `${what}, pushed out sideways`).toBeLessThanOrEqual(0);
  });
});

test('at 1366 × 625 what a chart waits for is read to its end, in every language', async ({ page }) => {
  await page.setViewportSize({ width: 1366, height: 625 });
  for (const language of ['en', 'de', 'es', 'zh']) {
    await page.goto(`?lang=${language}`);
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    const hints = page.locator('.chart-waits');
    await expect(hints.first()).toBeVisible();
    const cut = () =>
      hints.evaluateAll((all) =>
        all.flatMap((hint) => (hint.scrollHeight > hint.clientHeight ? [hint.textContent] : [])),
      );
    await expect.poll(cut, language).toEqual([]);
  }
});

test('a language is chosen by its own name, kept over a reload, and named by the address', async ({
  page,
}) => {
  await page.goto('');
  await page.getByRole('button', { name: 'Language' }).click();
  await page.getByRole('menuitem', { name: 'Deutsch' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(page).toHaveURL(/[?&]lang=de/);
  await page.goto('');
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await page.goto('?lang=tlh');
  await expect(page.getByText(/tlh/)).toBeVisible();
});
