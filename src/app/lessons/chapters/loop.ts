import { msg } from '../../../words/words.ts';
import type { Lesson, Scene } from '../lesson.ts';
import { FOLLOWED } from './recorded.ts';

/** The step of the task that is followed, at the beginning of a stage, in slow motion. */
const at = (stage: NonNullable<Scene['recording']>['stage']): Scene => ({
  view: 'lab',
  recording: { name: 'demo', step: FOLLOWED.step - 1, stage, secondsPerStage: 4 },
});

export const LOOP: Lesson = {
  id: 'loop',
  title: msg('The loop'),
  goal: msg('You can tell the way of one task through the five stages, and what each of them is for.'),
  minutes: 45,
  pages: [
    {
      title: msg('Nobody gives it tasks'),
      text: [
        msg(
          'The [reasoner](#policy) has two jobs. As the *proposer* it writes tasks, as the *solver* it solves them. Python stands between the two.',
        ),
        msg(
          'One round through the five stages is a [step](#step): propose, verify, attempt, judge, update. In every step of this recording it makes 48 proposals. We follow a single one, in step 9.',
        ),
      ],
      scene: { view: 'lab', recording: { name: 'demo', step: FOLLOWED.step - 1 } },
      point: 'loop',
      exercise: {
        type: 'choice',
        id: 'who-judges',
        question: msg('A guess before we begin: who says whether an answer is right?'),
        options: [
          {
            text: msg('The reasoner itself'),
            isRight: false,
            why: msg('It could talk itself into anything. It only writes; it never judges.'),
          },
          {
            text: msg('Python, by running the program'),
            isRight: true,
            why: msg('Two of the five stages belong to Python: verify and judge.'),
          },
          {
            text: msg('A larger AI'),
            isRight: false,
            why: msg('There is none. All of it runs in one browser tab.'),
          },
          {
            text: msg('A list of solutions that people wrote'),
            isRight: false,
            why: msg('Nobody could have written it: the tasks are new in every step.'),
          },
        ],
      },
    },
    {
      title: msg('Propose'),
      text: [
        msg(
          'The reasoner reads one or two programs of its [buffer](#buffer), the box of all its tasks so far. They are the [references](#references). Then it writes a new program, and an input.',
        ),
        msg(
          'Compare the new program with the references: what did it take over, what is new? In the transport bar, *One stage on* (the button with the arrow) goes on a little way.',
        ),
      ],
      scene: at('propose'),
      point: 'propose',
      exercise: {
        type: 'do',
        id: 'to-verify',
        question: msg('Go on until the lamp of Verify is lit.'),
        isDone: ({ seen }) => seen.stages.has('verify'),
        after: msg(
          'The new program stands in its cell, with the input 4. It has no output yet: who could know it?',
        ),
      },
    },
    {
      title: msg('Verify'),
      text: [
        msg(
          'Python runs the program on the input, twice. What comes out is the output of the task: nobody has to know it before.',
        ),
        msg(
          'Not every proposal becomes a task. Python refuses programs with errors, endless loops and forbidden words, and trivial ones: those that give back their input or always the same. Of the 48 proposals of this step 28 became new tasks.',
        ),
      ],
      scene: at('verify'),
      point: 'verify',
      exercise: {
        type: 'choice',
        id: 'refused',
        question: msg('Which two of these programs are refused?'),
        options: [
          {
            text: msg('`return x + 1`'),
            isRight: false,
            why: msg('Easy, but a task. That it is too easy shows when it is tried.'),
          },
          {
            text: msg('`return x`'),
            isRight: true,
            why: msg('It gives back its input unchanged: there is nothing to find out.'),
          },
          {
            text: msg('`return open("secret")`'),
            isRight: true,
            why: msg(
              'A program may only compute. `open` would read a file: it is forbidden in the [sandbox](#sandbox).',
            ),
          },
          {
            text: msg('`return x // 2, x % 2`'),
            isRight: false,
            why: msg('A good task: its results differ from input to input.'),
          },
        ],
      },
    },
    {
      title: msg('Attempt'),
      text: [
        msg(
          'Now the reasoner is the solver. It sees the program and the input 4, and tries the task eight times. With chance in every word, the eight differ.',
        ),
        msg(
          'Follow the program yourself first: why is the output, which is hidden from it, `(40, 20)`? Then look at its eight answers in the loop. They are not judged yet.',
        ),
      ],
      scene: at('judge'),
      point: 'attempt',
      exercise: {
        type: 'count',
        id: 'eight',
        question: msg('How many of the eight are right?'),
        of: 8,
        truth: { recording: 'demo', step: FOLLOWED.step, task: FOLLOWED.id },
        after: msg(
          '`f(4)` is `(40, 20)`: 4 + 7 is 11, and 9 more are 20. The four tries that think first all get there; the four that answer at once do not.',
        ),
      },
    },
    {
      title: msg('Judge and reward'),
      text: [
        msg(
          'Python runs every answer. A right one earns +1, a wrong one −0.5, an unreadable one −1. That is the [reward](#reward) of the solver.',
        ),
        msg(
          'The proposer is paid, too: 1 minus the share that is right, the [solve rate](#solve-rate). But a task that is always or never solved earns it 0.',
        ),
      ],
      scene: at('update'),
      point: 'judge',
      exercise: {
        type: 'choice',
        id: 'earned',
        question: msg('Four of eight are right. What did the reasoner earn for inventing this task?'),
        options: [
          {
            text: '+4',
            isRight: false,
            why: msg('It is not paid by the right answer. It counts how hard the task is.'),
          },
          {
            text: '+0.5',
            isRight: true,
            why: msg('The solve rate is 4 / 8 = 0.5, and 1 − 0.5 = 0.5. The loop says so below the answers.'),
          },
          { text: '0', isRight: false, why: msg('That is for tasks that are always or never solved.') },
          { text: '−0.5', isRight: false, why: msg('That is what a wrong answer costs the solver.') },
        ],
      },
    },
    {
      title: msg('Update, and round again'),
      text: [
        msg(
          'At last the network is changed a little: answers that earned more than the others at the same task become likelier, the others rarer. On average the eight earned 0.25, so each right one lies above.',
        ),
        msg(
          'The task goes into the buffer. In a later step it may be a reference, and a new task grows from it. Press *Play* to see the loop go round; *Slow motion* off makes it faster.',
        ),
      ],
      scene: at('update'),
      point: 'update',
      exercise: {
        type: 'open',
        id: 'exit',
        question: msg(
          'Tell the way of one task through the loop in five sentences, one for each stage. Where in the loop is a person?',
        ),
        lines: 6,
        model: msg(
          'The reasoner writes a program and an input (propose). Python runs it, notes the output and refuses what is no task (verify). The reasoner tries it eight times (attempt). Python says which answers are right, and they are rewarded (judge). What worked becomes likelier (update). A person is nowhere in it: people only wrote the rules.',
        ),
      },
    },
  ],
  teacher: {
    timing: [
      { from: 0, what: msg('Page 1 together; collect guesses on who judges.') },
      { from: 7, what: msg('Pages 2 and 3 in pairs, the loop on the projector.') },
      {
        from: 20,
        what: msg(
          'Page 4: everybody works out f(4) on paper (cover the output on the projector), then guesses, then reveals.',
        ),
      },
      { from: 28, what: msg('Pages 5 and 6. Let one pupil be Python, one the proposer, eight the tries.') },
      { from: 38, what: msg('Exit ticket.') },
    ],
    prepare: [
      msg(
        'Nothing: the step is recorded. On the projector `projector=1` in the link makes the loop legible.',
      ),
    ],
    expect: [
      msg(
        'The four tries that think are right and the four others wrong: who looks closely sees it before the reveal.',
      ),
      msg('It is easy to believe that the proposer is paid for right answers: page 5 asks for it.'),
    ],
    goesWrong: [
      {
        what: msg('Somebody has pressed Play, and the step is over.'),
        help: msg('Turn a page on and back: every page sets its scene again.'),
      },
    ],
    answers: [
      { exercise: 'eight', text: '4' },
      { exercise: 'earned', text: '+0.5' },
    ],
    discuss: [
      msg('What would happen if the solver were its own judge?'),
      msg('The answers are drawn with chance. Why is that good for learning?'),
    ],
  },
};
