/** For teachers: is this room ready, the link of a lesson and its code, a worksheet on paper. */
import { expect, type Page, test } from '@playwright/test';
import { qrDrawing } from '../src/app/teacher/qr.ts';
import { listen, NOT_OURS, seriousViolations } from './visitor.ts';

const check = (page: Page, id: string) => page.locator(`[data-check="${id}"]`);

test('this room is checked: what computes, Python, how fast, and what to do', async ({ page }) => {
  test.setTimeout(360_000);
  const said = listen(page);
  await page.goto('?preset=demo-nano#view=teacher');
  const room = page.getByRole('region', { name: 'Check this room' });
  await expect(room.getByRole('status')).toContainText('Press the button');
  await expect(check(page, 'pace')).toHaveAttribute('data-grade', 'open');
  await room.getByRole('button', { name: 'Check this room' }).click();
  await expect(room.getByRole('button', { name: 'Check again' })).toBeEnabled({ timeout: 300_000 });
  await expect(check(page, 'python')).toHaveAttribute('data-grade', 'good');
  await expect(check(page, 'engine')).toContainText(/WebAssembly|graphics card/);
  await expect(check(page, 'pace')).toContainText(/About [\d.,]+ steps a minute/);
  await expect(check(page, 'pace')).toContainText(/20 steps take about [\d.,]+ min/);
  await expect(check(page, 'preset')).toHaveAttribute('data-grade', /good|fair|bad/);
  await expect(check(page, 'storage')).toContainText('Runs are kept');
  // With everything known it comes to one sentence.
  await expect(room.getByRole('status')).toContainText(/room/);
  expect(said.filter((line) => !NOT_OURS.test(line))).toEqual([]);
});

test('without Python and without an engine the recordings are advised', async ({ page }) => {
  await page.addInitScript(() => {
    Object.assign(window, { Worker: undefined });
  });
  await page.goto('#view=teacher');
  await page.getByRole('button', { name: 'Check this room' }).click();
  await expect(check(page, 'python')).toHaveAttribute('data-grade', 'bad');
  await expect(check(page, 'engine')).toHaveAttribute('data-grade', 'bad');
  await expect(page.getByRole('region', { name: 'Check this room' }).getByRole('status')).toContainText(
    'Use the recordings in this room',
  );
});

test('a link says what was chosen, its code is that of the link, and it opens the lesson', async ({
  page,
}) => {
  await page.goto('#view=lessons');
  await page.getByRole('button', { name: 'For teachers' }).click();
  await page.getByRole('combobox', { name: 'Lesson', exact: true }).selectOption('sabotage');
  const links = page.getByRole('region', { name: 'Its link' });
  await links.getByRole('combobox', { name: 'Begins at page' }).selectOption('3');
  await links.getByRole('checkbox', { name: 'the buffer beside the lab' }).check();
  const link = (await links.locator('code').first().textContent()) ?? '';
  expect(link).toMatch(/\?hide=buffer&lesson=sabotage&page=3$/);
  await expect(links.locator('code').nth(2)).toContainText('sandbox="allow-scripts"');
  const code = links.getByRole('img', { name: 'QR code of the link for pupils' });
  await expect(code.locator('path')).toHaveAttribute('d', qrDrawing(link).path);

  await links.getByRole('button', { name: 'Show large' }).click();
  const large = page.getByRole('dialog', { name: 'Sabotage' });
  await expect(large.locator('svg.qr path')).toHaveAttribute('d', qrDrawing(link).path);
  const box = (await large.locator('svg.qr').boundingBox())!;
  expect(Math.min(box.width, box.height)).toBeGreaterThan(400);
  await page.keyboard.press('Escape');
  await expect(links.getByRole('button', { name: 'Show large' })).toBeFocused();

  await page.goto(link);
  await expect(page.getByRole('heading', { name: 'B: five times the rate' })).toBeVisible();
  await expect(page.locator('.buffer-rail')).toBeHidden();
});

test('a worksheet is printed alone, with every question and no answer; the answers are a sheet of their own', async ({
  page,
}) => {
  await page.goto('#view=teacher');
  const lessons = page.getByRole('combobox', { name: 'Lesson', exact: true });
  await expect(lessons).toBeVisible();
  const ids = await lessons
    .locator('option')
    .evaluateAll((all) => all.map((each) => (each as HTMLOptionElement).value));
  expect(ids).toContain('sabotage');
  for (const id of ids) {
    await lessons.selectOption(id);
    await page.getByRole('radio', { name: 'Worksheet' }).click();
    const questions = page.locator('.sheet-questions > li');
    await expect(questions.nth(2)).toBeVisible();
    const asked = await questions.count();
    await expect(page.locator('.sheet-answer')).toHaveCount(0);
    await page.getByRole('radio', { name: 'Answers' }).click();
    await expect(page.locator('.sheet-answer')).toHaveCount(asked);
  }
  await page.getByRole('radio', { name: 'Worksheet' }).click();
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.sheet')).toBeVisible();
  for (const other of [
    '.header',
    '.transport',
    '.teacher-room',
    '.teacher-link',
    '.teacher-lesson .teacher-do',
  ])
    await expect(page.locator(other)).toBeHidden();
  const pdf = await page.pdf({ format: 'A4' });
  expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 9).toBeLessThanOrEqual(4);
});

for (const [width, height] of [
  [1366, 625],
  [390, 844],
] as const) {
  test(`nothing in it is out of reach at ${width} × ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.goto('#view=teacher');
    await expect(page.getByRole('button', { name: 'Check this room' })).toBeVisible();
    expect(await seriousViolations(page)).toEqual([]);
    for (const name of ['Worksheet', 'Answers']) {
      await page.getByRole('radio', { name }).click();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      expect(await seriousViolations(page)).toEqual([]);
    }
    await page.getByRole('button', { name: 'Show large' }).click();
    expect(await seriousViolations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.keyboard.press('Escape');
    expect(await seriousViolations(page)).toEqual([]);
  });
}
