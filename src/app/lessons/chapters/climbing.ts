/** Climbing: programs longer than any the base was shown. Figures are those of docs/experiments/climb.md and of the recording. */
import { msg } from '../../../words/words.ts';
import type { Lesson } from '../lesson.ts';

const FIVE_LINES = `def f(x):
    y = x + 3
    if y > 5:
        x = y - x
    for i in range(3):
        x = x + i
    return x * 2 - y, x`;

export const CLIMBING: Lesson = {
  id: 'climbing',
  title: msg('Climbing'),
  goal: msg(
    'You can say how a learner reaches programs longer than any it was shown, and how one would prove that it did.',
  ),
  minutes: 45,
  pages: [
    {
      title: msg('Longer than it was ever shown'),
      text: [
        msg(
          'This reasoner practised on programs of at most **four lines** between `def` and `return`, and on none that is longer. It thinks before nearly every answer.',
        ),
        msg(
          'Programs are sorted by length: 0 to 1 lines, 1 to 2, 3 to 4, and so on up to 14. Of each sort it is asked 100 that it never trained on. Of those with up to four lines it has 90 to 98 right.',
        ),
      ],
      // The charts would say it.
      scene: { view: 'lab', recording: { name: 'climb-short', step: 0 }, hide: ['charts'] },
      exercise: {
        type: 'count',
        id: 'untrained',
        question: msg('And of 100 programs with seven or eight lines: how many are right?'),
        of: 100,
        truth: { given: 38 },
        after: msg(
          '38. So it is not lost above the line, and far from sure. With nine or ten lines it is 23, with thirteen or fourteen 1: each rung is harder to reach than the one below. (These are the 100 programs of this recording. Of 200 others it was 33 %: so much is chance.)',
        ),
      },
    },
    {
      title: msg('Try it yourself'),
      text: [
        msg(
          'What does it have to do? Keep every value in mind, take the right line next, and read the right value there. No step is hard. There are many.',
        ),
      ],
      scene: { view: 'lab', recording: { name: 'climb-short', step: 0 }, hide: ['charts'] },
      exercise: {
        type: 'solve',
        id: 'by-hand',
        question: msg('What does this program return for 4? Write down every step, as the reasoner does.'),
        task: { kind: 'deduction', program: FIVE_LINES, input: '4', output: '(5, 6)' },
        answer: '(5, 6)',
        hint: msg('`y` becomes 7, so the test is true, and `x` becomes 3. The loop adds 0, 1 and 2.'),
        after: msg('`x` is 4, then 7 − 4 = 3, then 3, 4, 6. So 6 · 2 − 7 = 5, and 6.'),
      },
    },
    {
      title: msg('Where it slips'),
      text: [
        msg(
          'Beside this page stands its [ladder](#ladder): one row for each length, the longest on top. The black line is where its practice ended.',
        ),
        msg(
          'A [first error](#first-error) can be found: Python knows every step, and a thought is compared with it, step by step, until they part.',
        ),
        msg(
          'Where two thoughts part, the cause has a name: a wrong line, a wrong value read, wrong arithmetic, stopped too soon.',
        ),
      ],
      scene: { view: 'lab', recording: { name: 'climb-short', step: 10 } },
      point: 'charts',
      exercise: {
        type: 'choice',
        id: 'first-error',
        question: msg(
          'What does it mostly get wrong in long programs? The table beside the ladder counts it.',
        ),
        options: [
          {
            text: msg('Arithmetic'),
            isRight: false,
            why: msg(
              'Seldom: 7 − 4 is the same in a long program as in a short one, and it has practised that.',
            ),
          },
          {
            text: msg('It reads a value, or goes to a line, from the wrong place'),
            isRight: true,
            why: msg(
              'What a longer program adds is distance: the value that it needs stands further back than in anything it was shown.',
            ),
          },
          {
            text: msg('It does not know the commands'),
            isRight: false,
            why: msg('Long programs have the same few commands as short ones.'),
          },
        ],
      },
    },
    {
      title: msg('How a task grows'),
      text: [
        msg(
          'Nobody gives it long programs. It makes them: it writes a new program, and Kelvin joins it with an older one, so that the result of the first goes into the second. That is [composition](#composition).',
        ),
        msg(
          'Here an older program (`x + 1`, then times 2) and a new one (`abs`, which drops the sign, then minus 3) have become one.',
        ),
      ],
      code: 'def f(x):\n    x = x + 1\n    x = x * 2\n    x = abs(x)\n    return x - 3',
      scene: { view: 'buffer', recording: { name: 'climb-short', step: 30 } },
      point: 'buffer',
      exercise: {
        type: 'choice',
        id: 'partners',
        question: msg(
          'In this run the older program must be one that is solved in at least six tries of ten. Why not take any?',
        ),
        options: [
          {
            text: msg(
              'Two hard things joined are hardly ever solved, and what is never solved teaches nothing.',
            ),
            isRight: true,
            why: msg(
              'What is mastered becomes one step of something longer. So the ladder is climbed one rung at a time.',
            ),
          },
          {
            text: msg('It saves time: easy programs run faster.'),
            isRight: false,
            why: msg('Python runs any of them in a moment.'),
          },
          {
            text: msg('So that tasks are always solved.'),
            isRight: false,
            why: msg(
              'Then all tries earn the same, and nothing is learned either. Sometimes is what counts.',
            ),
          },
        ],
      },
    },
    {
      title: msg('The first rung'),
      text: [
        msg(
          'Thirty steps are recorded. Look at the rung just above the black line: five and six lines, longer by one or two than its practice.',
        ),
      ],
      scene: { view: 'lab', recording: { name: 'climb-short', step: 0 } },
      exercise: {
        type: 'curve',
        id: 'first-rung',
        question: msg('Drag: how many of 100 programs with five or six lines are right, as a share?'),
        label: msg('Held-out deduction of five and six lines'),
        at: [0, 10, 20, 30],
        range: [0, 1],
        unit: 'share',
        truth: { from: 'held-out', name: 'climb-short', kind: 'deduction', tiers: [4] },
        after: msg(
          '0.71, 0.75, 0.76, 0.77. It rises. But with 100 programs chance alone moves such a number by 0.04 or so, up or down. Is it learning, or luck? One short run cannot tell. Turn the page.',
        ),
      },
    },
    {
      title: msg('Three hundred steps'),
      text: [
        msg(
          'In the experiment the same went on for three hundred steps, three times with other seeds. Now the rungs of seven to ten lines, two to three times the length of its practice.',
        ),
      ],
      // The experiment would show the curve.
      scene: { view: 'lab', recording: { name: 'climb-short', step: 30 } },
      exercise: {
        type: 'curve',
        id: 'three-hundred',
        question: msg('It is 0.30 after ten steps. Go on to three hundred.'),
        label: msg('Held-out deduction of seven to ten lines, mean of three runs'),
        at: [10, 100, 200, 300],
        range: [0, 1],
        unit: 'share',
        truth: { from: 'experiment', experiment: 'climb', arm: 'full', measure: 'held-out-long' },
        after: msg(
          'It rises to six in ten, more and more slowly. On a larger set of tasks, before and after: 33.0 to 62.8 % with seven or eight lines, 19.0 to 51.7 % with nine or ten.',
        ),
      },
    },
    {
      title: msg('Is it proof?'),
      text: [
        msg(
          'For “it learned something that it could not do” one needs three things: programs that it never trained on; a base that cannot do them even when told to think; and a gain larger than what repeats differ by. Here are all three.',
        ),
        msg(
          'The target was 25 points at five to ten lines; it is +26.0. And what did not come: long sums, which nobody practised, became no better.',
        ),
      ],
      scene: { view: 'experiments', experiment: 'climb' },
      exercise: {
        type: 'open',
        id: 'further',
        question: msg(
          'What would you change so that it climbs further? And what would you measure to know that it was your change that did it?',
        ),
        lines: 6,
        model: msg(
          'More steps, since the curve still rises; or more attempts at the tasks that are solved sometimes. Run it three times with the change and three times without, same seeds, same number of steps, and compare the rungs above the black line. If the difference is no larger than the repeats differ among themselves, it was chance.',
        ),
      },
    },
  ],
  teacher: {
    timing: [
      { from: 0, what: msg('Page 1: everybody guesses; the ladder comes on page 3.') },
      { from: 7, what: msg('Page 2 on paper, each for themselves; compare where people slipped.') },
      {
        from: 15,
        what: msg('Pages 3 and 4: the slips of the class beside those of the reasoner; how tasks grow.'),
      },
      { from: 26, what: msg('Pages 5 and 6: two curves, guessed in pairs.') },
      { from: 36, what: msg('Page 7: what proof takes.') },
    ],
    prepare: [
      msg('The link; recording and experiment come with the page.'),
      msg('For a class with half an hour of computing: preset “Climb”, begun before the lesson.'),
    ],
    expect: [
      msg(
        'The recording has seed 1 and 30 steps (docs/recordings.md); the experiment seeds 1, 2, 3 and 300 steps (docs/experiments/climb.md).',
      ),
      msg('Pupils slip where the reasoner does: they forget that `x` was changed by the `if`.'),
    ],
    goesWrong: [
      {
        what: msg('“It only got 31 points better, that is nothing.”'),
        help: msg(
          'Ask what would make it better at all, without a teacher and without a single longer example. Then ask what three repeats say.',
        ),
      },
      {
        what: msg('The ladder is read from the top.'),
        help: msg('Begin at the black line and go up.'),
      },
    ],
    answers: [
      { exercise: 'first-rung', text: msg('0.71, 0.75, 0.76 and 0.77 at steps 0, 10, 20 and 30.') },
      { exercise: 'three-hundred', text: msg('0.30, 0.50, 0.58 and 0.61 at steps 10, 100, 200 and 300.') },
    ],
    discuss: [
      msg('What is your own next rung in something that you practise, and who makes the tasks for it?'),
      msg('Would it climb for ever? What might stop it?'),
    ],
  },
};
