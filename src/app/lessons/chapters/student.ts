/** What kind of student? What the reasoner does when nobody tells it how to behave. All of it is in the recording of the demo. */
import { msg } from '../../../words/words.ts';
import type { Lesson } from '../lesson.ts';

/** Of step 20 of the recording: Python refused it as `constant`. */
const EMPTY = 'def f(x):\n    x = (x - x) * x\n    return x - 6, x - x, x // 3';

export const STUDENT: Lesson = {
  id: 'student',
  title: msg('What kind of student?'),
  goal: msg(
    'You can tell, from what it wrote, what a program that learns by reward likes, where it slips, and what it gives up.',
  ),
  minutes: 45,
  pages: [
    {
      title: msg('Nobody said what to practise'),
      text: [
        msg(
          'This reasoner begins with one program that returns `"hello world"`. From then on it writes its own tasks. Nobody says which ones.',
        ),
        msg(
          'So its [buffer](#buffer) is a diary. Beside this page are the 755 tasks that it wrote in 24 steps. Look at some: the early ones are below, the late ones above.',
        ),
        msg(
          'One habit can be counted: how often it uses `//`, division without the remainder (`7 // 2` is `3`).',
        ),
      ],
      scene: { view: 'buffer', recording: { name: 'demo', step: 24 } },
      point: 'buffer',
      exercise: {
        type: 'curve',
        id: 'habit',
        question: msg(
          'Before the first step 33 % of its programs use `//`. Drag: how many in steps 1 to 8, 9 to 16 and 17 to 24?',
        ),
        label: msg('Share of new deductions and abductions with // in the program'),
        at: [0, 8, 16, 24],
        range: [0, 1],
        unit: 'share',
        truth: { from: 'given', values: [0.33, 0.43, 0.47, 0.5] },
        after: msg(
          'From a third to a half. Nobody asked for division. A habit grows where it pays: a proposal earns most when its task is solved sometimes, not always and not never. That this is why it divides is a guess; what would you count to test it?',
        ),
      },
    },
    {
      title: msg('Clever, or empty?'),
      text: [
        msg(
          'A task is only worth something if the answer depends on the input. Here is one that the reasoner proposed in step 20, with the input `-5`.',
        ),
      ],
      exercise: {
        type: 'solve',
        id: 'empty',
        question: msg('What does it return? Then try another input in your head.'),
        task: { kind: 'deduction', program: EMPTY, input: '-5', output: '(-6, 0, 0)' },
        answer: '(-6, 0, 0)',
        hint: msg('What is `x - x`, whatever `x` is? Go on with that.'),
        after: msg(
          'It is the same for every input: `x - x` is always 0. It looks like a task and asks nothing. Python tries each proposal on twelve inputs and refuses it as *constant*. That happened 50 times in this recording; 39 others gave fewer than five different results and were refused as *guessable*.',
        ),
      },
    },
    {
      title: msg('Uh-oh'),
      text: [
        msg(
          'In step 23 it was asked what this program returns for `-3` (`abs(x)` is `x` without its sign). One of its answers was not a number. It was the text `(z + x)`.',
        ),
        msg(
          'That is not even silly: whoever reads it could work it out. But then the reader does the work, and not the student. Kelvin keeps such answers in the uh-oh log, in Verifier on the charts.',
        ),
      ],
      code: 'def f(x):\n    for i in range(4):\n        x = x + 0 + abs(x) + (i + x)\n    z = abs(x)\n    y = x + x\n    x = y // 2\n    y = abs(y)\n    return y + y, z, x + z',
      scene: { view: 'lab', recording: { name: 'demo', step: 23 } },
      point: 'charts',
      exercise: {
        type: 'choice',
        id: 'uh-oh',
        question: msg('What should such an answer earn?'),
        options: [
          {
            text: msg('The full reward: it is a correct formula.'),
            isRight: false,
            why: msg(
              'Then the best answer to every task would be to copy the last line of the program. It would never learn to compute.',
            ),
          },
          {
            text: msg('As little as an unreadable answer: −1.'),
            isRight: true,
            why: msg(
              'So it is. An answer must be a value that is written out. What is not one is never run, so it cannot trick the judge.',
            ),
          },
          {
            text: msg('Nothing at all, and no penalty.'),
            isRight: false,
            why: msg(
              'Then trying a trick would cost less than an honest wrong answer, which earns −0.5. It would pay to try tricks.',
            ),
          },
        ],
      },
    },
    {
      title: msg('Right, by a wrong thought'),
      text: [
        msg(
          'This task is from step 24. The reasoner tries it eight times, and mostly thinks before it answers.',
        ),
      ],
      scene: { view: 'lab', recording: { name: 'demo', step: 23 } },
      exercise: {
        type: 'count',
        id: 'right-by-wrong',
        question: msg('How many of the eight will be right?'),
        of: 8,
        task: {
          kind: 'deduction',
          program:
            'def f(x):\n    z = x * 7 // 5\n    x = x - 3\n    x = abs(x)\n    if x < 5:\n        x = x * 1\n    else:\n        x = x - 1\n        x = x + x\n    return x * 8, x - 7',
          input: '5',
          output: '(16, -5)',
        },
        truth: { recording: 'demo', step: 24, task: 'd753' },
        after: msg(
          'One. Most tries walked into the `else` although the test was true. Now the odd thing: the only right try had an error in its thought, `35 // 5 = 8`. It did not matter, because `z` is never used again.',
        ),
      },
    },
    {
      title: msg('Look at it'),
      text: [
        msg(
          'The thought of the right try began so: `x = 5`, `5 * 7 = 35`, `35 // 5 = 8`, `z = 8`. Real Python says that `35 // 5` is 7. You find the task in the buffer: search for `x * 7 // 5` and press it.',
        ),
        msg('Only the answer is judged. The thought earns nothing and costs nothing, right or wrong.'),
      ],
      scene: { view: 'buffer', recording: { name: 'demo', step: 24 } },
      point: 'buffer',
      exercise: {
        type: 'choice',
        id: 'thought',
        question: msg('What has the reasoner been rewarded for here?'),
        options: [
          {
            text: msg('For thinking carefully'),
            isRight: false,
            why: msg(
              'Nobody reads the thought. A careful one with a slip at the end would have earned −0.5.',
            ),
          },
          {
            text: msg('For the answer; and whatever stood before it became a little likelier, the slip too'),
            isRight: true,
            why: msg(
              'The update makes every token of a try that did better than average likelier. On average over many tasks slips do not pay; in a single one they may.',
            ),
          },
        ],
      },
    },
    {
      title: msg('The subject it gives up'),
      text: [
        msg(
          'It has three subjects: [deduction](#deduction) (what comes out?), [abduction](#abduction) (what went in?) and [induction](#induction) (which program was it?).',
        ),
        msg(
          'It gets eight tries at a task. If all eight are wrong, all of them earned the same, and nothing is better than average: there is nothing to learn from. Glossary: [zero-std group](#zero-std-group).',
        ),
      ],
      scene: { view: 'lab', recording: { name: 'demo', step: 24 } },
      point: 'charts',
      exercise: {
        type: 'count',
        id: 'never',
        question: msg(
          'In the last eight steps it tried 101 inductions. At how many was every single try wrong?',
        ),
        of: 101,
        truth: { given: 84 },
        after: msg(
          '84 of 101. Of the deductions it was 14 of 163. It is no laziness: where nothing ever works, a learner by reward has no direction to go in. People are then shown an example; this one has none.',
        ),
      },
    },
    {
      title: msg('A school report'),
      text: [
        msg(
          'You have seen what it likes, how it slips, where it was right by luck, and what it gave up. None of it was told to it. It follows from what is rewarded and from what it could do at the start.',
        ),
      ],
      exercise: {
        type: 'open',
        id: 'report',
        question: msg(
          'Write its school report in three sentences: what it does well, what it does that you would not want, and what you would change in the rewards or the tasks.',
        ),
        lines: 6,
        model: msg(
          'It works hard at deduction and sets itself harder tasks of the kind it can sometimes solve. Its thoughts are not checked, so it may be right for a wrong reason, and now and then it hands in a formula instead of a value. In induction it would need easier tasks first, so that some tries are right and it can see what made them so.',
        ),
      },
    },
  ],
  teacher: {
    timing: [
      { from: 0, what: msg('Page 1: everybody guesses the curve before anybody looks. Ask for reasons.') },
      { from: 8, what: msg('Page 2 on paper: the program that asks nothing.') },
      { from: 14, what: msg('Page 3: vote, then discuss the second wrong answer.') },
      { from: 21, what: msg('Pages 4 and 5: predict, then search for the slip together on the projector.') },
      { from: 32, what: msg('Page 6: why no reward means no direction.') },
      { from: 38, what: msg('Page 7: the report, alone and in writing; two are read aloud.') },
    ],
    prepare: [
      msg('Nothing but the link: the whole lesson plays from the recording of the demo (seed 1, 24 steps).'),
    ],
    expect: [
      msg('Everybody sees the same numbers, since nothing is computed: 33, 43, 47, 50 %; 1 of 8; 84 of 101.'),
      msg('Most classes guess three to five of eight on page 4.'),
    ],
    goesWrong: [
      {
        what: msg('“It cheats on purpose.”'),
        help: msg(
          'Ask what purpose would mean for something that only makes likelier what earned more than average. The slip and the trick come from the same rule.',
        ),
      },
      {
        what: msg('Pupils take the guess about division for a result.'),
        help: msg(
          'It is marked as a guess. Let them say what they would count, and that one run is one run.',
        ),
      },
    ],
    answers: [
      {
        exercise: 'habit',
        text: msg(
          '0.33, 0.43, 0.47, 0.50. To test the guess: compare the solve rates of programs with and without `//`, over several seeds. In this recording they hardly differ in deduction (0.53 and 0.55), so the guess is weak.',
        ),
      },
    ],
    discuss: [
      msg('When were you right for a wrong reason, and did you find out?'),
      msg('Should thoughts be rewarded, too? What might a learner then do?'),
    ],
  },
};
