/** The editor of the seed program: Python checks there what a reader brings, before anything else is loaded. */
import { expect, test } from '@playwright/test';
import { listen, NOT_OURS, seriousViolations, snapshot, stateIs } from './visitor.ts';

test('a program of any name is checked in the editor, renamed, and begins the run', async ({
  page,
  context,
}) => {
  test.setTimeout(400_000);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const said = listen(page);
  await page.goto('?preset=ci&steps=1&warm-up-updates=20&evaluation-tasks=1&seeding-rounds=1');
  await page.getByRole('button', { name: 'Seed program' }).click();
  const editor = page.getByRole('textbox', { name: 'Python functions' });
  const use = page.getByRole('button', { name: /^Use th/ }).last();
  const verdict = page.locator('.seed-verdict');
  await expect(verdict).toHaveText(/hello\(\) = 'hello world'.*Kelvin renames hello to f\./, {
    timeout: 120_000,
  });
  expect(await seriousViolations(page)).toEqual([]);

  for (const [text, answer, isUsable] of [
    ['def hello(): return "hello world"', /Kelvin renames hello to f/, true],
    ['def double(n):\n\treturn n * 2', /double\(5\) = 10/, true],
    ['def f(x)\n    return x', /Line 1: .*expected ':'/, false],
    ['def f(x):\n    y = x\n    return input()', /Line 3: .*input/, false],
    ['def f(x):\n    while True:\n        x += 1', /does not end/, false],
    ['def f(a, b, c, d, e):\n    return a', /None of the inputs fits/, false],
    ['please make it add', /Line 1: Python cannot read this/, false],
  ] as const) {
    await editor.fill(text);
    await expect(verdict).toHaveText(answer);
    await expect(use).toBeEnabled({ enabled: isUsable });
  }

  // Sixty thousand characters are put in whole, and the page goes on.
  const long = `def f(x):\n${'    x = x + 1\n'.repeat(4300)}    return x`;
  await page.evaluate((text) => navigator.clipboard.writeText(text), long);
  await editor.fill('');
  await editor.press('Control+V');
  await expect(editor).toHaveValue(long);
  await expect(verdict).toHaveText(/longer than 4,000 characters/);

  // Of several functions the reader chooses; what one of them calls comes with it.
  await editor.fill('def inc(x): return x + 1\n\ndef twice(x): return inc(inc(x))');
  await expect(verdict).toHaveText(/inc\(5\) = 6.*twice\(5\) = 7/);
  await page.getByRole('checkbox', { name: /^inc/ }).uncheck();
  await use.click();
  await expect(page.getByText('Begins with your program')).toBeVisible();
  expect((await snapshot(page)).state).toBe('idle');

  await page.getByRole('button', { name: 'Start' }).click();
  await stateIs(page, 'finished');
  const { tasks, notices } = await snapshot(page);
  expect(tasks[0]?.program).toMatch(/^def f\(x\):\n {4}def inc\(x\):/);
  expect(notices.map(({ code }) => code)).not.toContain('seed-refused');
  expect(said.filter((text) => !NOT_OURS.test(text))).toEqual([]);
});

test('without Python the editor says so, and the program can be used unchecked', async ({ page }) => {
  await page.route('**/pyodide/**', (route) => route.abort());
  await page.goto('?preset=ci');
  await page.getByRole('button', { name: 'Seed program' }).click();
  await page.getByRole('textbox', { name: 'Python functions' }).fill('def double(n): return n * 2');
  await expect(page.locator('.seed-verdict')).toHaveText(/did not arrive.*Start checks it again/);
  await page.getByRole('button', { name: 'Use it unchecked' }).click();
  await expect(page.getByText('Begins with your program')).toBeVisible();
});
