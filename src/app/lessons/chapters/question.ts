import { msg } from '../../../words/words.ts';
import type { Lesson } from '../lesson.ts';
import { TOO_EASY, TOO_HARD } from './recorded.ts';

const FIRST_STEP = { view: 'lab', recording: { name: 'demo', step: 1 } } as const;

export const QUESTION: Lesson = {
  id: 'question',
  title: msg('What makes a good question'),
  goal: msg(
    'You can write a task that is worth learning from, and say why too easy and impossible both earn nothing.',
  ),
  minutes: 45,
  pages: [
    {
      title: msg('What is a question worth?'),
      text: [
        msg(
          'The reasoner writes its own tasks. Which should it write? It is paid for them, by this rule: 1 minus the [solve rate](#solve-rate), but 0 if all tries are right, and 0 if none is. What is no valid task costs 1.',
        ),
        msg('This is called the [learnability reward](#learnability-reward).'),
      ],
      scene: FIRST_STEP,
      point: 'propose',
      exercise: {
        type: 'choice',
        id: 'earns-most',
        question: msg('Four tasks were tried eight times each. Which one earned the proposer most?'),
        options: [
          { text: msg('8 of 8 right'), isRight: false, why: msg('All right: it earns 0.') },
          {
            text: msg('4 of 8 right'),
            isRight: false,
            why: msg('1 − 0.5 = 0.5: good, but there is a better one.'),
          },
          { text: msg('1 of 8 right'), isRight: true, why: msg('1 − 0.125 = 0.88: hard, but possible.') },
          { text: msg('0 of 8 right'), isRight: false, why: msg('None right: it earns 0.') },
        ],
      },
    },
    {
      title: msg('Too easy'),
      text: [
        msg(
          'The reasoner had written this task before its first step. In step 1 it tried it. (`%` is what is left over: `7 % 6` is 1.)',
        ),
      ],
      scene: FIRST_STEP,
      exercise: {
        type: 'count',
        id: 'too-easy',
        question: msg('How many of the eight were right?'),
        of: 8,
        task: TOO_EASY.task,
        truth: { recording: 'demo', step: TOO_EASY.step, task: TOO_EASY.id },
        after: msg(
          'All of them. The network learns by comparing: what was better than the other tries becomes likelier. Here all earned the same, so each has the [advantage](#advantage) 0, and the step learned nothing from it.',
        ),
      },
    },
    {
      title: msg('Impossible'),
      text: [
        msg(
          'And this one? It is three calculations, but look at the input. In Python what is left over of a negative number is not negative: `-4 % 3` is 2, for −4 is 2 more than −6.',
        ),
      ],
      scene: FIRST_STEP,
      exercise: {
        type: 'count',
        id: 'impossible',
        question: msg('How many of the eight were right?'),
        of: 8,
        task: TOO_HARD.task,
        truth: { recording: 'demo', step: TOO_HARD.step, task: TOO_HARD.id },
        after: msg(
          'None. Even the two that thought first stumbled, over `-4 % 8`, which is 4 in Python. Again all earned the same, again nothing is learned: there is no good try of which there could be more.',
        ),
      },
    },
    {
      title: msg('Your turn'),
      text: [
        msg(
          'Now you are the proposer. In *Play*, open now, write a program and an input, and press **Let it try**.',
        ),
        msg(
          'Python says whether it is a task. Begin with something: you will make it better on the next page.',
        ),
      ],
      scene: { view: 'play', game: 'write' },
      point: 'play',
      exercise: {
        type: 'do',
        id: 'write',
        question: msg('Write a task that Python accepts.'),
        isDone: ({ written }) => written?.isTask === true,
        after: msg(
          'Now the reasoner tries it eight times, if this machine can compute it. You see what you would have earned.',
        ),
        live: {
          instead: msg(
            'Writing takes Python, and the eight tries take the live reasoner. Without them judge three tasks that it wrote itself, all tried in step 1.',
          ),
          exercise: {
            type: 'choice',
            id: 'write-recorded',
            question: msg('Which of these earned most? Each has one of the solve rates 7, 5 and 2 of 8.'),
            options: [
              {
                text: msg('`return x % 8` with the input 0'),
                isRight: false,
                why: msg('7 of 8 right: it earned 0.13.'),
              },
              {
                text: msg('`y = 7 - x * x`, then `return y * y, y` with the input 1'),
                isRight: true,
                why: msg('2 of 8 right: it earned 0.75.'),
              },
              {
                text: msg('`x = x + 4`, then `return abs(x), x + x` with the input −3'),
                isRight: false,
                why: msg('5 of 8 right: it earned 0.38.'),
              },
            ],
          },
        },
      },
    },
    {
      title: msg('Neither too easy nor impossible'),
      text: [
        msg(
          'Find a task that is solved sometimes: more than 0 and fewer than 8 of 8. It is harder than one thinks! Change a little at a time: one more line, a larger number, a minus sign, an `if`.',
        ),
        msg('Who in the class earns most with one task?'),
      ],
      scene: { view: 'play', game: 'write' },
      point: 'play',
      exercise: {
        type: 'do',
        id: 'middle',
        question: msg('Write a task that is solved sometimes.'),
        isDone: ({ written }) =>
          written?.isTask === true &&
          written.solveRate !== null &&
          written.solveRate > 0 &&
          written.solveRate < 1,
        after: msg(
          'From this task the reasoner could learn: among its tries there are better and worse ones.',
        ),
        live: {
          instead: msg('Take the task of page 2, which was too easy, and make it harder on paper.'),
          exercise: {
            type: 'open',
            id: 'middle-recorded',
            question: msg(
              'What did you change in `return 8, x % 6, x * x`, and why will it be solved only sometimes?',
            ),
            model: msg(
              'I let it compute with the results: `y = x * x - 9` and then `return y % 6, y // 4`, with the input −5. Each line is possible, but one slip in the first spoils the rest.',
            ),
          },
        },
      },
    },
    {
      title: msg('Good questions'),
      text: [
        msg(
          'Teachers know it, coaches know it, makers of computer games know it: one learns most at the edge of what one can do.',
        ),
      ],
      scene: FIRST_STEP,
      exercise: {
        type: 'open',
        id: 'exit',
        question: msg(
          'Why can the reasoner learn nothing from a task that it always solves, and nothing from one that it never solves?',
        ),
        model: msg(
          'It learns by comparing its tries at the same task. If all are right or all are wrong they earn the same, so none is better than the others and nothing becomes likelier. Only where some are right and some are wrong it sees what to do more often.',
        ),
      },
    },
  ],
  teacher: {
    timing: [
      { from: 0, what: msg('Page 1 together: the rule on the board, with 8, 4, 1 and 0 of 8.') },
      { from: 8, what: msg('Pages 2 and 3 in pairs: work out, guess, reveal.') },
      { from: 18, what: msg('Pages 4 and 5: a contest in pairs, who earns most with one task.') },
      { from: 36, what: msg('Two pairs show their task. Then the exit ticket.') },
    ],
    prepare: [
      msg('Open Play once on the machines that are used, so that Python and the base are in the browser.'),
      msg('Machines that cannot compute use the recorded exercises below the live ones.'),
    ],
    expect: [
      msg(
        'A task is easily too easy or too hard. Page 3 shows one way to make it hard: a negative number and `%`.',
      ),
      msg(
        'It is the base of the recording that tries, before any training: it thinks before a third of its answers.',
      ),
    ],
    goesWrong: [
      {
        what: msg('Tasks with large numbers are refused.'),
        help: msg('Numbers beyond ±99 are not allowed, in the program or in its results.'),
      },
      {
        what: msg('The tries take long.'),
        help: msg(
          'Without a graphics card the first eight take some seconds to a minute; the recorded exercise takes none.',
        ),
      },
    ],
    answers: [
      { exercise: 'too-easy', text: '8' },
      { exercise: 'impossible', text: '0' },
    ],
    discuss: [
      msg(
        'The rule pays most for 1 of 8. Would 4 of 8 be the better aim? (Settings → Propose has other rules.)',
      ),
      msg('How would you cheat, if you were paid for tasks that are solved only sometimes?'),
    ],
  },
};
