import { msg } from '../../../words/words.ts';
import type { Lesson } from '../lesson.ts';

/** Charts with a single step: what comes after is to be guessed. */
const EARLY = { view: 'lab', recording: { name: 'demo', step: 1 } } as const;

export const THINKING: Lesson = {
  id: 'thinking',
  title: msg('Learning to think'),
  goal: msg(
    'You can explain why thinking spreads though nothing rewards it, and what was learned and what was not.',
  ),
  minutes: 45,
  pages: [
    {
      title: msg('Think first, or answer at once'),
      text: [
        msg(
          'The reasoner can begin an answer in two ways. It can answer at once, or write a [chain of thought](#chain-of-thought) before: one small calculation after the other, like this one of step 9.',
        ),
        msg(
          'In step 1 of the recording it gave 168 answers to tasks that ask for the output. 79 of them thought first, and 74 of these were right. 89 answered at once: 10 of them were right.',
        ),
      ],
      code: '4 >= 3 = True\n4 + 7 = 11      x = 11\n11 + 9 = 20     y = 20\n…\nanswer: (40, 20)',
      scene: EARLY,
      point: 'loop',
      exercise: {
        type: 'choice',
        id: 'paid',
        question: msg('Two answers are right. One thought first, one did not. Which earns more?'),
        options: [
          {
            text: msg('The one that thought first'),
            isRight: false,
            why: msg('Nobody looks at the thought. It may even be nonsense.'),
          },
          {
            text: msg('The one that was faster'),
            isRight: false,
            why: msg('Length and time are not rewarded either.'),
          },
          {
            text: msg('Both the same'),
            isRight: true,
            why: msg('A right answer earns +1, however it came about. Only the answer counts.'),
          },
        ],
      },
    },
    {
      title: msg('Guess the curve'),
      text: [
        msg(
          'So thinking itself earns nothing. Will the reasoner think more often as it learns, less often, or as often as before?',
        ),
        msg(
          'The first point is given: in step 1 it thought before 47 % of these answers. Draw how it goes on, until step 24.',
        ),
      ],
      scene: EARLY,
      exercise: {
        type: 'curve',
        id: 'think-share',
        question: msg('How often will it think?'),
        label: msg('Share of the answers to deductions that think first'),
        at: [1, 5, 10, 15, 20, 24],
        range: [0, 1],
        unit: 'share',
        truth: { from: 'recording', name: 'demo', column: 'thinkShare:deduction' },
        after: msg(
          'From 47 % to 73 %, up and down, but upwards. Answers that think are right more often; what was right becomes likelier, and with the answer the thought before it.',
        ),
      },
    },
    {
      title: msg('Watch it happen'),
      text: [
        msg(
          'Here is the whole run, at sixteen times its speed. Look for the chart *Thinking* among the charts, and for *Held-out accuracy* above them.',
        ),
        msg(
          'It is one run with one [seed](#seed). Another seed gives another zigzag, but the same direction: in the longer runs of the experiment *What emerges* the share went from 44 to 93 %.',
        ),
      ],
      scene: { view: 'lab', recording: { name: 'demo', step: 0, isPlaying: true, speed: 16 } },
      point: 'charts',
      exercise: {
        type: 'do',
        id: 'to-the-end',
        question: msg('Let it play to step 24, or drag the slider there.'),
        isDone: ({ step }) => step >= 24,
        after: msg(
          'Which of the three kinds thinks least in the end? The legend of the chart has the numbers.',
        ),
      },
    },
    {
      title: msg('On programs that it never saw'),
      text: [
        msg(
          'Does it help? For that one needs questions on which it never trained: they are [held out](#held-out). It is asked the same ones again and again.',
        ),
        msg(
          'Before self-play it answers 10 % of them right (deduction, difficulty 2 to 4). In this examination it plays no dice: it always takes its likeliest word. Draw what comes.',
        ),
      ],
      scene: EARLY,
      exercise: {
        type: 'curve',
        id: 'held-out',
        question: msg('How many will be right after 10, 20 and 24 steps?'),
        label: msg('Held-out deductions that are right'),
        at: [0, 10, 20, 24],
        range: [0, 1],
        unit: 'share',
        truth: { from: 'held-out', name: 'demo', kind: 'deduction', tiers: [2, 3, 4] },
        after: msg(
          'It leaps to 92 %, and stays. Why a leap, when thinking only grew slowly? Because it takes the likeliest beginning: as long as “at once” is likelier it never thinks; a little more, and it always does. See [greedy](#greedy).',
        ),
      },
    },
    {
      title: msg('Was it new?'),
      text: [
        msg(
          'From 10 to 91 %: has it learned to calculate? A good experiment has a control. Take the reasoner from *before* self-play, the [base](#base), and force it to think first: see [forced chain of thought](#forced-chain-of-thought). It gets 92.5 %.',
        ),
        msg(
          'In the chart *Held-out accuracy* that is the dashed line. The dotted one is the base as it likes.',
        ),
      ],
      scene: { view: 'lab', recording: { name: 'demo', step: 24 } },
      point: 'charts',
      exercise: {
        type: 'choice',
        id: 'what-was-learned',
        question: msg('What did self-play teach it here?'),
        options: [
          {
            text: msg('To calculate better'),
            isRight: false,
            why: msg('Then the line would rise above the dashed one. It only reaches it.'),
          },
          {
            text: msg('To think before it answers'),
            isRight: true,
            why: msg(
              'The skill was there: the base had practised thoughts on computer-made exercises. Self-play found out that using it pays.',
            ),
          },
          {
            text: msg('The held-out answers by heart'),
            isRight: false,
            why: msg('It never trained on them, nor on any program that acts like one of them.'),
          },
          {
            text: msg('Nothing at all'),
            isRight: false,
            why: msg('Before, one of ten was right, now nine are. Knowing when to think is worth something.'),
          },
        ],
      },
    },
    {
      title: msg('What would you tell the press?'),
      text: [
        msg(
          'A newspaper writes: *AI teaches itself mathematics! In 24 steps nine times as clever!* You have seen the same numbers.',
        ),
      ],
      scene: { view: 'lab', recording: { name: 'demo', step: 24 } },
      exercise: {
        type: 'open',
        id: 'exit',
        question: msg(
          'Write two sentences to the newspaper: what is true about its headline, and what is not?',
        ),
        model: msg(
          'It is true that it went from 10 to 91 % right without anybody showing it a solution. But it could calculate before: made to think first, the same AI had 92.5 % from the beginning, so it learned to think first and not to calculate.',
        ),
      },
    },
  ],
  teacher: {
    timing: [
      { from: 0, what: msg('Page 1 together.') },
      {
        from: 8,
        what: msg('Page 2: everybody draws, then compare three guesses at the board, then reveal.'),
      },
      { from: 18, what: msg('Page 3, the run on the projector.') },
      { from: 24, what: msg('Pages 4 and 5 in pairs.') },
      { from: 38, what: msg('Exit ticket.') },
    ],
    prepare: [
      msg('Nothing: the run is recorded (demo, seed 1, 24 steps).'),
      msg(
        'Who has time trains a run of their own: preset demo, any seed. The recorded one took five and a half minutes on two threads of a processor.',
      ),
    ],
    expect: [
      msg('The second curve leaps where the first one climbs slowly: that is what there is to explain.'),
      msg('Runs of other seeds have other zigzags; the experiment What emerges shows the mean of several.'),
    ],
    goesWrong: [
      {
        what: msg('A pupil has played on and sees the answer in the charts before guessing.'),
        help: msg('Turning to the page sets the recording back to step 1.'),
      },
    ],
    answers: [
      { exercise: 'think-share', text: '47 % → 73 %' },
      { exercise: 'held-out', text: '10 % → 92 % → 92 % → 91 %' },
    ],
    discuss: [
      msg('Why does one need the dashed line to be honest?'),
      msg('Do you know skills that you have, but use only when somebody makes you?'),
    ],
  },
};
