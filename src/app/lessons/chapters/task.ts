import { msg } from '../../../words/words.ts';
import type { Lesson, Scene } from '../lesson.ts';
import { ABSOLUTE, DOUBLE, MINUS_TWO } from './recorded.ts';

/** Before the task of the second page has been tried; the loop alone, which is what there is to see. */
const BEFORE: Scene = { view: 'lab', recording: { name: 'demo', step: 2 }, hide: ['charts', 'buffer'] };

export const TASK: Lesson = {
  id: 'task',
  title: msg('What is a task?'),
  goal: msg('You can say what the three kinds of task hide, and solve one of each by hand.'),
  minutes: 45,
  pages: [
    {
      title: msg('Program, input, output'),
      text: [
        msg('Here is a small Python function, with an input and an output:'),
        msg(
          'Three things belong together: the **program**, the **input** and the **output**. Hide one of them and you have a puzzle. Kelvin calls it a *task*.',
        ),
        msg(
          'In the lab you see a recorded run of a small AI, the [reasoner](#policy). All day it does what you do now: it solves such tasks. It writes them itself, too, but that is the next lesson.',
        ),
      ],
      code: 'def f(x):\n    y = x // 2\n    return y + x % 2\n\nf(7)   # 4',
      scene: BEFORE,
      point: 'loop',
      exercise: {
        type: 'choice',
        id: 'division',
        question: msg('First, two signs that every task uses. What are `7 // 2` and `7 % 2` in Python?'),
        options: [
          {
            text: msg('`3.5` and `1`'),
            isRight: false,
            why: msg('`7 / 2` would be `3.5`. With two strokes the part after the point is left out.'),
          },
          {
            text: msg('`3` and `1`'),
            isRight: true,
            why: msg('2 fits into 7 three times, and 1 is left over. So `f(7)` above is 3 + 1.'),
          },
          {
            text: msg('`3` and `0.5`'),
            isRight: false,
            why: msg('`%` is what is left over: a whole number, 1.'),
          },
          { text: msg('`4` and `1`'), isRight: false, why: msg('`//` rounds down, never up.') },
        ],
      },
    },
    {
      title: msg('Find the output'),
      text: [
        msg(
          'The first kind hides the **output**. You follow the program line by line. This is called [deduction](#deduction).',
        ),
        msg('Take paper. Write down what `x` is after each line. Real Python judges your answer.'),
        msg('`return x, x // 2` gives back two values at once. Python writes them in brackets: `(8, 4)`.'),
      ],
      scene: BEFORE,
      exercise: {
        type: 'solve',
        id: 'find-output',
        question: msg('What does the program give?'),
        task: DOUBLE.task,
        answer: DOUBLE.task.output,
        hint: msg(
          '12 is at least 2, so `x` is doubled first. Two values come back, with brackets around them.',
        ),
        after: msg(
          '`x` becomes 24, and half of it is 12. You needed no idea for this, only care: each line tells you the next number.',
        ),
      },
    },
    {
      title: msg('How does the reasoner do?'),
      text: [
        msg(
          'The reasoner had the same task, in step 3 of this recording. It tried it eight times. Some of its tries think first, line by line; others answer at once.',
        ),
        msg('Guess before you look: how many of its eight tries were right?'),
      ],
      scene: BEFORE,
      exercise: {
        type: 'count',
        id: 'eight-tries',
        question: msg('How many of the eight are right?'),
        of: 8,
        task: DOUBLE.task,
        truth: { recording: 'demo', step: DOUBLE.step, task: DOUBLE.id },
        after: msg(
          'Look at the words on the right. Every try that thought first is right, every try that answered at once is wrong. It is as with you: on paper it is easy, in one go it is not.',
        ),
      },
    },
    {
      title: msg('Find the input'),
      text: [
        msg(
          'The second kind hides the **input**. Now you have to think backwards, or guess and check. This is called [abduction](#abduction).',
        ),
        msg('`abs(x)` is `x` without its sign: `abs(-3)` is 3.'),
      ],
      scene: BEFORE,
      exercise: {
        type: 'solve',
        id: 'find-input',
        question: msg('Which input gives this output?'),
        task: ABSOLUTE.task,
        answer: ABSOLUTE.task.input,
        hint: msg('The first of the three values is `x` without its sign, and it is 6.'),
        after: msg(
          'There are two right answers, 6 and −6. Python does not compare your answer with one that somebody noted: it runs the program on it. The reasoner was right in 7 of 8 tries, in step 1.',
        ),
      },
    },
    {
      title: msg('Find the program'),
      text: [
        msg(
          'The third kind hides the **program**. You see some inputs with their outputs, and write a program that does the same. This is called [induction](#induction).',
        ),
        msg(
          'Begin with `def f(x):`. Python tries your program on other inputs, too, which you do not see: a list of the examples is no answer.',
        ),
      ],
      scene: BEFORE,
      exercise: {
        type: 'solve',
        id: 'find-program',
        question: msg('Which program does this?'),
        task: MINUS_TWO.task,
        answer: 'def f(x):\n    return x - 2',
        hint: msg('Compare each output with its input: how far apart are they?'),
        after: msg(
          'Many programs are right. The one that the reasoner had invented was longer, `z = x + 7` and then `return z - 9`, and does the same. When it tried to find it again, in step 14, 2 of its 8 tries were right.',
        ),
      },
    },
    {
      title: msg('Who may judge?'),
      text: [
        msg(
          'You have solved one task of each kind. Nobody had to correct them: Python ran your answer, and that was all.',
        ),
        msg(
          'This is why Kelvin uses Python and not, say, poems. For a poem somebody has to have an opinion. For a program there is a fact.',
        ),
      ],
      scene: BEFORE,
      exercise: {
        type: 'open',
        id: 'exit',
        question: msg(
          'Which of the three kinds was hardest for you, and why? And why can a computer learn from such tasks without a teacher?',
        ),
        model: msg(
          'Finding the output only takes care, because every line tells me the next number. For the input and the program I had to guess and check. A computer needs no teacher here because Python can run every answer and says for certain whether it is right.',
        ),
      },
    },
  ],
  teacher: {
    timing: [
      { from: 0, what: msg('Page 1 together, at the board: program, input, output; `//` and `%`.') },
      { from: 8, what: msg('Pages 2 and 3 alone or in pairs, with paper.') },
      { from: 20, what: msg('Pages 4 and 5 in pairs. Collect different right programs for page 5.') },
      { from: 35, what: msg('Talk: who may judge? Then the exit ticket, page 6.') },
    ],
    prepare: [
      msg('Paper for every pupil. Nothing else: the lesson plays from a recording.'),
      msg(
        'Open page 2 once on one of the machines, so that Python is in the browser; without it pupils compare with a right answer.',
      ),
    ],
    expect: [
      msg('For the input one may also try numbers one after the other: the reasoner does so, too.'),
      msg('The reasoner solves 4 of the eight, exactly those that it thinks about first.'),
    ],
    goesWrong: [
      {
        what: msg('The brackets are forgotten: `24, 12`.'),
        help: msg('Python takes it all the same.'),
      },
      {
        what: msg('A program without `def f(x):`, or with `print` in place of `return`.'),
        help: msg('Python says what it could not read. The hint and page 1 show the form.'),
      },
    ],
    answers: [
      { exercise: 'find-output', text: '(24, 12)' },
      { exercise: 'eight-tries', text: '4' },
      { exercise: 'find-input', text: '6, -6' },
      { exercise: 'find-program', text: 'return x - 2' },
    ],
    discuss: [
      msg('Why must induction have hidden examples?'),
      msg('What else than programs can be judged by a machine? Chess, sums, spelling … and what not?'),
    ],
  },
};
