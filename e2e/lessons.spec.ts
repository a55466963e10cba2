/** Every lesson from its link to its last question, in two languages, on a laptop and on a phone: without WebGPU. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { DIST, serve } from '../scripts/common/server.ts';
import { listen, NOT_OURS, seriousViolations, snapshot, stateIs } from './visitor.ts';

const LAPTOP = { width: 1366, height: 625 };
const PHONE = { width: 390, height: 844 };
/** Languages that lessons are played in, on both. */
const [ENGLISH, OTHER] = ['en', 'de'];

const lesson = (page: Page) => page.locator('.lesson');
const exercise = (page: Page) => lesson(page).locator('.exercise').first();
const outcome = (page: Page) => exercise(page).locator('.exercise-outcome').first();
const main = (page: Page) => exercise(page).locator('.button-primary').first();

/** What is done on a page, where Python and the trainer are to be had or not. */
type Deed = (page: Page, hasPython: boolean) => Promise<void>;

const choose =
  (...options: number[]): Deed =>
  async (page) => {
    for (const option of options) await exercise(page).locator('.choice-option input').nth(option).check();
    await main(page).click();
    await expect(outcome(page)).toBeVisible();
    await expect(exercise(page).locator('.choice-option[data-right="true"]')).toHaveCount(options.length);
  };

const count =
  (guess: number, truth: number): Deed =>
  async (page) => {
    await exercise(page).getByRole('radio').nth(guess).click();
    await main(page).click();
    await expect(outcome(page)).toContainText(`${truth}`);
    await expect(exercise(page).locator('.counted li')).toHaveCount(8);
  };

/** Of more than can be pressed one by one. */
const countMany =
  (guess: number, truth: number): Deed =>
  async (page) => {
    await exercise(page).getByRole('spinbutton').fill(`${guess}`);
    await main(page).click();
    await expect(outcome(page)).toContainText(`${truth}`);
  };

/** Wrong first, then right; where Python is not to be had, a right answer to compare with. */
const solve =
  (wrong: string, right: string): Deed =>
  async (page, hasPython) => {
    const field = exercise(page).getByRole('textbox');
    if (!hasPython) {
      await field.fill(wrong);
      await exercise(page).locator('.button-quiet').last().click();
      await expect(outcome(page)).toBeVisible();
      return;
    }
    await field.fill('(((');
    await main(page).click();
    await expect(exercise(page).getByRole('alert')).toBeVisible();
    await field.fill(wrong);
    await main(page).click();
    await expect(outcome(page)).toBeVisible();
    await expect(main(page)).toBeEnabled();
    await field.fill(right);
    await main(page).click();
    // What is right is left as it is.
    await expect(field).toHaveAttribute('readonly');
  };

/** By keyboard and by pointer. */
const curve: Deed = async (page) => {
  const points = exercise(page).getByRole('slider');
  const before = Number(await points.last().getAttribute('aria-valuenow'));
  await points.last().press('PageUp');
  await points.last().press('ArrowUp');
  await expect
    .poll(async () => Number(await points.last().getAttribute('aria-valuenow')))
    .toBeGreaterThan(before);
  const box = (await points.first().boundingBox())!;
  const plot = (await exercise(page).locator('.curve svg').boundingBox())!;
  const first = Number(await points.first().getAttribute('aria-valuenow'));
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, plot.y + 30);
  await page.mouse.up();
  expect(Number(await points.first().getAttribute('aria-valuenow'))).toBeGreaterThan(first);
  await main(page).click();
  await expect(outcome(page)).toBeVisible();
  await expect(exercise(page).locator('.curve-truth')).toBeVisible();
  await expect(points).toHaveCount(0);
};

const write =
  (text: string): Deed =>
  async (page) => {
    await exercise(page).getByRole('textbox').fill(text);
    await exercise(page).getByRole('button').click();
    await expect(exercise(page).getByRole('status')).toBeVisible();
  };

const untilVerify: Deed = async (page) => {
  const on = page.locator('.transport .player-step').last();
  await expect(async () => {
    await on.click();
    await expect(outcome(page)).toBeVisible({ timeout: 1000 });
  }).toPass();
};

const toTheEnd: Deed = async (page) => {
  await expect.poll(async () => (await snapshot(page)).step).toBeGreaterThan(1);
  await page.locator('.transport input[type=range]').last().fill('24');
  await expect(outcome(page)).toBeVisible();
};

/** In Play where there is Python, and from the recording where there is none. */
const writeTask =
  (instead: Deed): Deed =>
  async (page, hasPython) => {
    if (hasPython) {
      const form = page.locator('main form');
      await form
        .getByRole('textbox')
        .first()
        .fill('def f(x):\n    y = x * 2\n    if y > 9:\n        y = y - x\n    return y + 3');
      await form.locator('.button-primary').click();
      await expect(outcome(page)).toBeVisible();
      return;
    }
    await exercise(page).locator('summary').click();
    await instead(page, false);
  };

/** The exercise within the one that stands for the live one. */
const within =
  (deed: (inner: ReturnType<Page['locator']>) => Promise<void>): Deed =>
  async (page) =>
    deed(exercise(page).locator('.exercise'));

/** By lesson, what is done on each of its pages. */
const LESSONS: Record<string, Deed[]> = {
  task: [
    choose(1),
    solve('(12, 6)', '(24, 12)'),
    count(6, 4),
    solve('7', '6'),
    solve('def f(x):\n    return x * 2', 'def f(x):\n    return x - 2'),
    write('The program was hardest, for I had to guess.'),
  ],
  loop: [
    choose(1),
    untilVerify,
    choose(1, 2),
    count(4, 4),
    choose(1),
    write('It writes, Python checks, it tries, Python judges, it learns.'),
  ],
  thinking: [
    choose(2),
    curve,
    toTheEnd,
    curve,
    choose(1),
    write('It could calculate before, and learned to think first.'),
  ],
  question: [
    choose(2),
    count(8, 8),
    count(3, 0),
    writeTask(
      within(async (inner) => {
        await inner.locator('.choice-option input').nth(1).check();
        await inner.locator('.button-primary').click();
        await expect(inner.locator('.exercise-outcome')).toBeVisible();
      }),
    ),
    writeTask(within((inner) => inner.getByRole('textbox').fill('One more line, and a minus sign.'))),
    write('All its tries earn the same, so it has nothing to compare.'),
  ],
  climbing: [
    countMany(50, 38),
    solve('(6, 5)', '(5, 6)'),
    choose(1),
    choose(0),
    curve,
    curve,
    write('Each rung begins with what is solved already.'),
  ],
  honest: [
    choose(0, 1),
    countMany(60, 93),
    curve,
    curve,
    choose(0),
    write('Beside the base, forced to think.'),
  ],
  sabotage: [
    choose(3),
    curve,
    curve,
    curve,
    curve,
    choose(1),
    write('Equal rewards: nothing is better than average.'),
  ],
  student: [
    curve,
    solve('(-6, 1, 0)', '(-6, 0, 0)'),
    choose(1),
    count(4, 1),
    choose(1),
    countMany(50, 84),
    write('Works hard, and is sometimes right by luck.'),
  ],
};

/** What the lab is on the pages of a lesson, where it is no recording at rest. */
const STATES: Record<string, string[]> = {
  thinking: ['paused', 'paused', 'running', 'paused', 'finished', 'finished'],
  climbing: ['paused', 'paused', 'paused', 'finished', 'paused', 'finished', 'finished'],
  honest: ['idle', 'finished', 'paused', 'paused', 'paused', 'paused'],
  sabotage: ['finished', 'paused', 'paused', 'finished', 'paused', 'finished', 'finished'],
  student: ['finished', 'finished', 'paused', 'paused', 'finished', 'finished', 'finished'],
};

/** Nothing is cut off. */
async function fits(page: Page, name: string): Promise<void> {
  const sideways = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(await sideways(), name).toBeLessThanOrEqual(0);
}

/** Looks at a page of a lesson: nothing is cut off, and axe has nothing to say. */
async function look(page: Page, name: string): Promise<void> {
  await fits(page, name);
  expect(await seriousViolations(page), name).toEqual([]);
  await page.screenshot({ path: test.info().outputPath(`${name}.png`) });
}

async function play(page: Page, id: string, hasPython: boolean, check: typeof look): Promise<void> {
  const deeds = LESSONS[id] ?? [];
  for (const [at, deed] of deeds.entries()) {
    await expect(page).toHaveURL(new RegExp(`lesson=${id}&page=${at + 1}\\b`));
    await expect(lesson(page).getByRole('heading', { level: 2 })).toBeVisible();
    // The scene is set before anything is done: its own, and not that of the page before.
    const state = STATES[id]?.[at] ?? 'paused';
    if (id !== 'question' || at < 3) await expect.poll(async () => (await snapshot(page)).state).toBe(state);
    await deed(page, hasPython);
    await check(page, `${id} ${at + 1}`);
    if (at + 1 === deeds.length) break;
    await lesson(page).locator('.lesson-turn .button-primary').click();
    await expect(lesson(page).getByRole('heading', { level: 2 })).toBeFocused();
  }
  await expect(lesson(page).locator('.lesson-turn .button-primary')).toBeDisabled();
}

/** Without a graphics card; without anything that computes where `hasWorkers` is false. */
async function withoutWebGpu(page: Page, hasWorkers: boolean): Promise<void> {
  await page.addInitScript((has) => {
    Object.defineProperty(navigator, 'gpu', { value: undefined });
    if (!has) Object.assign(window, { WebAssembly: undefined, Worker: undefined });
  }, hasWorkers);
}

const ALL = Object.keys(LESSONS);
/** Whose tasks the live reasoner would try; it is played below, from its recording. */
const LIVE = 'question';

for (const id of ALL.filter((each) => each !== LIVE)) {
  test(`${id} is played on a laptop, and Python judges (${ENGLISH})`, async ({ page }) => {
    const said = listen(page);
    await page.setViewportSize(LAPTOP);
    await withoutWebGpu(page, true);
    await page.goto(`?lang=${ENGLISH}&lesson=${id}&page=1`);
    await play(page, id, true, look);
    expect(said.filter((line) => !NOT_OURS.test(line))).toEqual([]);
    // A reload keeps the page and the answers.
    await page.reload();
    await expect(page).toHaveURL(new RegExp(`page=${LESSONS[id]?.length}`));
    await expect(exercise(page).getByRole('textbox')).not.toHaveValue('');
  });
}

/** With the lessons that are played above on a laptop, in English: every lesson, language and size. */
const OFFLINE = [
  { language: OTHER, size: PHONE, lessons: ALL, check: look },
  { language: ENGLISH, size: PHONE, lessons: ALL, check: fits },
  { language: OTHER, size: LAPTOP, lessons: ALL, check: fits },
  { language: ENGLISH, size: LAPTOP, lessons: [LIVE], check: look },
];

test.describe('without the network', () => {
  test.use({ serviceWorkers: 'allow' });

  test('every lesson is played in two languages, on a laptop and a phone, without an engine and without Python', async ({
    page,
    context,
  }) => {
    const folder = mkdtempSync(join(tmpdir(), 'kelvin-lessons-'));
    cpSync(DIST, folder, { recursive: true });
    const server = await serve(folder, { port: 0, base: '/class/7b/' });
    try {
      await page.goto(`${server.url}?lesson=task&page=1`);
      await stateIs(page, 'paused');
      // All that lessons show: recordings, and the experiments with their list.
      const isKept = () =>
        page.evaluate(async () => {
          const names = (await caches.keys()).filter((name) => name.startsWith('kelvin-large-'));
          const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
          return new Set(
            keys
              .flat()
              .flatMap(({ url }) => /(?<!docs\/)(recordings|experiments)\/[\w-]+\.\w+/.exec(url)?.[0] ?? []),
          ).size;
        });
      const files = ['recordings', 'experiments'].flatMap((name) => readdirSync(join(folder, name)));
      await expect.poll(isKept).toBe(files.length);
      await page.close();
      await server.close();
      for (const { language, size, lessons, check } of OFFLINE)
        await test.step(`${language}, ${size.width} × ${size.height}`, async () => {
          const pupil = await context.newPage();
          await pupil.setViewportSize(size);
          await withoutWebGpu(pupil, false);
          for (const id of lessons) {
            await pupil.goto(`${server.url}?lang=${language}&lesson=${id}&page=1`);
            await expect(pupil.locator('html')).toHaveAttribute('lang', language);
            await play(pupil, id, false, check);
          }
          // What this one answered is no business of the next.
          await pupil.evaluate(() => localStorage.clear());
          await pupil.close();
        });
    } finally {
      await server.close();
      rmSync(folder, { recursive: true });
    }
  });
});

test('a lesson is found in the list, turned by keys, handed in and forgotten; others have none', async ({
  page,
}) => {
  await page.setViewportSize(LAPTOP);
  await page.goto('.');
  await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: 'Lessons' }).click();
  await expect(page).toHaveURL(/#view=lessons$/);
  await expect(page.locator('.lessons-list li')).toHaveCount(ALL.length);
  await look(page, 'list');
  await page.getByRole('button', { name: 'Open “What is a task?”' }).click();
  await stateIs(page, 'paused');
  await expect(page).toHaveURL(/lesson=task&page=1#recording=demo/);
  // What is meant is lit up.
  const outline = (selector: string) =>
    page.locator(selector).evaluate((element) => getComputedStyle(element).outlineStyle);
  expect(await outline('.loop')).toBe('solid');

  // Wrong, and it says why.
  await exercise(page).getByRole('radio').first().check();
  await main(page).click();
  await expect(outcome(page)).toHaveText('Not this time: read why.');
  await expect(exercise(page)).toContainText('No. 7 / 2 would be 3.5.');

  const heading = lesson(page).getByRole('heading', { level: 2 });
  await page.keyboard.press('ArrowRight');
  await expect(heading).toHaveText('Find the output');
  await expect(heading).toBeFocused();
  expect(await outline('.loop')).toBe('none');
  // The keys of the lab go no step meanwhile; nor does the book while something is written.
  expect((await snapshot(page)).step).toBe(2);
  await exercise(page).getByRole('textbox').press('ArrowRight');
  await expect(heading).toHaveText('Find the output');
  await page.getByRole('slider', { name: 'Step of the recording' }).press('ArrowRight');
  await expect(heading).toHaveText('Find the output');
  await heading.press('ArrowLeft');
  await expect(heading).toHaveText('Program, input, output');
  // A term is explained where it appears, and the way back is the same page.
  await lesson(page).getByRole('button', { name: 'reasoner' }).click();
  await expect(page.getByRole('dialog')).toContainText('Policy');
  await page.keyboard.press('Escape');

  for (let at = 1; at < 6; at++) await heading.press('ArrowRight');
  await expect(heading).toHaveText('Who may judge?');
  await exercise(page).getByRole('textbox').fill('Because Python is sure.');
  const coming = page.waitForEvent('download');
  await lesson(page).getByRole('button', { name: 'Save as a text file' }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toBe('kelvin-task-answers.txt');
  const ticket = readFileSync(await download.path(), 'utf8');
  expect(ticket).toContain('3.5 and 1 (not right)');
  expect(ticket).toContain('Because Python is sure.');
  // On paper there is the ticket alone.
  await page.evaluate(() => {
    window.print = () => {};
  });
  await lesson(page).getByRole('button', { name: 'Print' }).click();
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.ticket-paper')).toBeVisible();
  await expect(page.locator('.app')).toBeHidden();
  await page.emulateMedia({ media: 'screen' });
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await lesson(page).getByRole('button', { name: 'Forget my answers' }).click();
  await expect(exercise(page).getByRole('textbox')).toHaveValue('');

  await lesson(page).getByRole('button', { name: 'Close the lesson' }).click();
  await expect(lesson(page)).toHaveCount(0);
  await expect(page).not.toHaveURL(/lesson=/);
  await page.goto('?lesson=cooking&page=3');
  await expect(page.getByRole('alert')).toContainText('There is no lesson called “cooking”.');
  await lesson(page).getByRole('button', { name: 'All lessons' }).click();
  await expect(page.locator('.lessons-list')).toBeVisible();
});

test('a task is written beside the lesson, while the recording is on the page', async ({ page }) => {
  await page.setViewportSize(LAPTOP);
  await withoutWebGpu(page, true);
  await page.goto('?lesson=question&page=3');
  await stateIs(page, 'paused');
  await lesson(page).getByRole('button', { name: 'Next' }).click();
  const form = page.locator('main form');
  await form.getByRole('textbox').first().fill('def f(x):\n    return x');
  await form.getByRole('button', { name: 'Let it try' }).click();
  await expect(page.getByRole('region', { name: 'What came of it' })).toContainText(
    'returns its input unchanged',
  );
  await expect(exercise(page)).toContainText('Do it in the lab');
  await writeTask(curve)(page, true);
  // The base of the recording tries it, where no run has weights.
  await expect(page.getByRole('region', { name: 'What came of it' }).getByRole('listitem')).toHaveCount(8);
  await look(page, 'written');
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await seriousViolations(page), colorScheme).toEqual([]);
  }
  // The recording goes back, and the page with it.
  await lesson(page).getByRole('button', { name: 'Back', exact: true }).click();
  await expect(page.locator('.loop')).toBeVisible();
});

test('in a frame without an origin a lesson plays, and its answers stay in the memory', async ({ page }) => {
  const server = await serve(DIST, { port: 0, isOpen: true });
  try {
    await page.setViewportSize(LAPTOP);
    await page.route('**/course.html', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<!doctype html><html lang="en"><title>A course</title><main><h1>A course</h1><iframe title="Kelvin"
          sandbox="allow-scripts" width="1240" height="560" src="${server.url}?embed=1&lesson=question&page=2"></iframe></main>`,
      }),
    );
    await page.goto(`${server.url}course.html`);
    const frame = page.frameLocator('iframe');
    await expect(frame.locator('.lesson h2')).toHaveText('Too easy');
    await frame.locator('.exercise').getByRole('radio').nth(8).click();
    await frame.locator('.exercise .button-primary').click();
    await expect(frame.locator('.exercise-outcome')).toContainText('8 of 8');
    await frame.getByRole('button', { name: 'Next' }).click();
    await frame.getByRole('button', { name: 'Back', exact: true }).click();
    await expect(frame.locator('.exercise-outcome')).toContainText('8 of 8');
    await page.screenshot({ path: test.info().outputPath('frame.png') });
  } finally {
    await server.close();
  }
});
