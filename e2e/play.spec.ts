/** What a visitor does with the reasoner, with the base alone, between two steps, and on a run that is only shown. */
import { expect, type Page, test } from '@playwright/test';
import { tasksOf } from '../src/benchmark/shipped.ts';
import { presetConfig } from '../src/config/presets.ts';
import type { PlayedTask } from '../src/run/visit.ts';
import { listen, NOT_OURS, seriousViolations, snapshot, stateIs } from './visitor.ts';

/** A run of seconds from a shipped base; on WebAssembly the tries are the same on every machine. */
const SHORT =
  '?preset=ci&size=nano&base=shipped&seed=5&steps=4&max-solve-tokens=160&seeding-target=4&proposals-per-kind=4&evaluation-tasks=2&evaluation-tiers=2&device=wasm';

const EASY = 'def add_one(x):\n    return x + 1';
const HARD = 'def f(x):\n    y = x * 7\n    z = y % 9\n    return z + x, y - z';
const WORTH = 'def f(x):\n    y = x * 2\n    if y > 9:\n        y = y - x\n    return y + 3';

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();
const view = (page: Page, name: string) =>
  page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('button', { name: new RegExp(`^${name}`) })
    .click();
const outcome = (page: Page) => page.getByRole('region', { name: 'What came of it' });

async function writeTask(page: Page, program: string, input: string): Promise<void> {
  await page.getByRole('radio', { name: 'Write a task for it' }).click();
  await page.getByRole('textbox', { name: /^Program/ }).fill(program);
  await page.getByRole('textbox', { name: /^Input/ }).fill(input);
  await press(page, 'Let it try');
}

/** What is on the page, in both colours and on a phone. */
async function look(page: Page, what: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await seriousViolations(page), `${what}, ${colorScheme}`).toEqual([]);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  const isWide = () => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(await isWide(), `${what} at 390 px`).toBe(false);
  expect(await seriousViolations(page), `${what} at 390 px`).toEqual([]);
  await page.screenshot({ path: test.info().outputPath(`${what}.png`), fullPage: true });
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.screenshot({ path: test.info().outputPath(`${what} wide.png`) });
}

test('tasks that a visitor writes: forbidden, too easy, impossible, and one worth learning that enters the buffer', async ({
  page,
}) => {
  const said = listen(page);
  await page.goto(`${SHORT}#view=play`);
  await writeTask(page, 'def f(x):\n    return open("secret")', '5');
  await expect(outcome(page)).toContainText('No task: forbidden.');
  await expect(outcome(page)).toContainText('Line 2: A program cannot have open in it.');
  await writeTask(page, WORTH, 'five');
  await expect(outcome(page)).toContainText('“five” is not made of values');
  await writeTask(page, 'def f(x):\n    return x', '5');
  await expect(outcome(page)).toContainText('returns its input unchanged');

  // With the base alone, before any run.
  await writeTask(page, EASY, '4');
  await expect(outcome(page)).toContainText('f(4) = 5');
  await expect(outcome(page)).toContainText('8 of 8 right. Too easy');
  await writeTask(page, HARD, '8');
  await expect(outcome(page)).toContainText('0 of 8 right. Too hard');
  await expect(outcome(page)).toContainText('you would have earned 0');
  await writeTask(page, WORTH, '5');
  await expect(outcome(page)).toContainText('Worth learning from');
  await expect(outcome(page).getByRole('listitem')).toHaveCount(8);
  await press(page, 'Put it into the buffer');
  await expect(outcome(page)).toContainText('No run goes on here');
  await outcome(page).locator('summary').first().click();
  await look(page, 'tries');

  // Between two steps: what was written is there still.
  await press(page, /^Step/);
  await expect.poll(async () => (await snapshot(page)).metrics?.step).toBe(1);
  await stateIs(page, 'paused');
  await press(page, 'Let it try');
  await expect(outcome(page)).toContainText('Now, after step 1');
  await expect(outcome(page).getByRole('listitem')).toHaveCount(16);
  await press(page, 'Put it into the buffer');
  await expect(outcome(page)).toContainText('This run is no longer without human data');
  await expect(page.locator('.readouts')).toContainText('1 by hand');
  await look(page, 'a gift');
  const byHand = (await snapshot(page)).tasks.filter((task) => task.byHand);
  expect(byHand).toMatchObject([{ program: WORTH, input: '5', output: '8', kind: 'deduction' }]);
  await press(page, 'Look at it in the buffer');
  await expect(page.getByRole('dialog')).toContainText('Written by a person after step 1');
  await page.keyboard.press('Escape');

  // Kept with the run, and through a reload; a run that is only shown can be asked, and takes nothing.
  await view(page, 'Runs');
  await expect(page.locator('.runs-facts').first()).toContainText('1 of ');
  await page.reload();
  await view(page, 'Runs');
  await press(page, /^Open CI, seed 5/);
  await expect(page.locator('.readouts')).toContainText('1 by hand');
  await view(page, 'Play');
  await writeTask(page, WORTH, '6');
  await expect(outcome(page)).toContainText('Now, after step 1');
  await press(page, 'Put it into the buffer');
  await expect(outcome(page)).toContainText('No run goes on here');
  await view(page, 'Runs');
  await press(page, /^Go on: CI, seed 5/);
  // While the run that was only shown is taken up, its button says Pause, and then Resume again.
  await expect(page).not.toHaveURL(/view=runs/);
  await stateIs(page, 'paused');
  await press(page, 'Resume');
  await view(page, 'Play');
  await writeTask(page, WORTH, '7');
  await expect(outcome(page)).toContainText(/Now, after step \d/);
  await stateIs(page, 'finished');
  expect(said.filter((line) => !NOT_OURS.test(line))).toEqual([]);
});

const KINDS = ['deduction', 'abduction', 'induction'] as const;
const { level, inductionExamples } = presetConfig('ci');
/** All that the page draws from, and more. */
const HELD_OUT: readonly PlayedTask[] = tasksOf({
  level,
  inductionExamples,
  maxSolveTokens: 160,
  kinds: KINDS,
  tiers: 2,
  tasks: 20,
});

/** The task that is asked: of what is shown of it. */
async function taskIn(page: Page, among: readonly PlayedTask[], kind: string): Promise<PlayedTask> {
  // Drawn, and not answered yet.
  await expect(page.getByRole('textbox', { name: /^Your / })).toBeVisible();
  const asked = page.locator('.play-task');
  const cells = await asked.locator('td').allInnerTexts();
  const lines = await asked.locator('.code-line code').allInnerTexts();
  const values = await asked.locator('dd').allInnerTexts();
  const found = among.filter(({ program, input, output, examples }) =>
    examples
      ? cells.length > 0 &&
        cells.join() ===
          examples
            .slice(0, cells.length / 2)
            .flatMap((each) => [each.input, each.output])
            .join()
      : program === lines.join('\n') &&
        (values[0] === '?' ? values[1] === output : values[0] === (input || '(none)')),
  );
  const task = found.find((each) => each.kind === kind);
  if (!task) throw new Error(`Not found among ${among.length}: ${lines.join('\n')} ${cells} ${values}`);
  return task;
}

const rightAnswer = ({ kind, program, input, output }: PlayedTask) =>
  kind === 'deduction' ? output : kind === 'abduction' ? input : program;
const WRONG = { deduction: '12345', abduction: "'none'", induction: 'def f(x):\n    return 12345' } as const;

async function answer(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: /^Your / }).fill(text);
  await page.getByRole('button', { name: 'Answer', exact: true }).click();
}

test('you against the reasoner, right and wrong in each kind, on held-out tasks and on its own', async ({
  page,
}) => {
  const said = listen(page);
  await page.goto(`${SHORT}#view=play`);
  await press(page, /^(Give me a|Another) task/);
  await answer(page, 'seven');
  await expect(page.getByRole('alert')).toContainText('“seven” is not made of values');
  for (const kind of KINDS) {
    await page.getByRole('radio', { name: new RegExp(`^${kind}$`, 'i') }).click();
    await press(page, /^(Give me a|Another) task/);
    // Its answer is not to be seen.
    await taskIn(page, HELD_OUT, kind);
    await answer(page, WRONG[kind]);
    await expect(outcome(page)).toContainText('That is not it.');
    await expect(outcome(page).getByRole('listitem')).toHaveCount(8);
    await press(page, /^(Give me a|Another) task/);
    await answer(page, rightAnswer(await taskIn(page, HELD_OUT, kind)));
    await expect(outcome(page)).toContainText('You are right.');
    await expect(outcome(page).getByRole('listitem')).toHaveCount(8);
    await look(page, `versus, ${kind}`);
  }
  await expect(outcome(page).getByRole('table')).toContainText('Right on the same 6 tasks');
  await expect(outcome(page).getByRole('cell').first()).toHaveText(/^50/);

  // Its own tasks, once it has some; and where a try went wrong.
  await page.getByRole('radio', { name: 'Its own tasks' }).click();
  await press(page, /^(Give me a|Another) task/);
  await expect(page.getByRole('alert')).toContainText('Press Start to fill it');
  await press(page, /^Step/);
  await expect.poll(async () => (await snapshot(page)).metrics?.step).toBe(1);
  await stateIs(page, 'paused');
  await page.getByRole('radio', { name: 'Deduction', exact: true }).click();
  await press(page, /^(Give me a|Another) task/);
  const { tasks } = await snapshot(page);
  await answer(page, rightAnswer(await taskIn(page, tasks, 'deduction')));
  await expect(outcome(page)).toContainText('You are right.');
  await expect(outcome(page)).toContainText('Now, after step 1');
  await expect(outcome(page).getByRole('listitem')).toHaveCount(16);
  expect(said.filter((line) => !NOT_OURS.test(line))).toEqual([]);
});

test('one try is looked into token by token, of the base alone and beside the reasoner of now', async ({
  page,
}) => {
  await page.goto(`${SHORT}#view=play`);
  await writeTask(page, WORTH, '5');
  await expect(outcome(page)).toContainText('Worth learning from');
  await outcome(page).locator('summary').first().click();
  await press(page, 'Look inside');
  const drawer = page.getByRole('dialog', { name: 'Inside one try' });
  await expect(drawer).toContainText('the base still');
  await expect(drawer.getByRole('table')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await press(page, /^Step/);
  await expect.poll(async () => (await snapshot(page)).metrics?.step).toBe(1);
  await stateIs(page, 'paused');
  await press(page, 'Let it try');
  await expect(outcome(page).getByRole('listitem')).toHaveCount(16);
  await outcome(page).locator('summary').last().click();
  await outcome(page).getByRole('button', { name: 'Look inside' }).click();
  await expect(drawer.getByRole('table')).toHaveCount(2);
  await expect(drawer).toContainText(/They part at token \d+|At every token of this try/);
  const tokens = drawer.getByRole('listitem').getByRole('button');
  await tokens.last().click();
  const count = await tokens.count();
  await expect(drawer).toContainText(`Token ${count} of ${count}: ends`);
  await look(page, 'inside');
});
