/** Honest science: what was really learned? Every figure is one of docs/results.md and the pages behind it, or of a recording. */
import { msg } from '../../../words/words.ts';
import type { Lesson } from '../lesson.ts';

export const HONEST: Lesson = {
  id: 'honest',
  title: msg('Honest science'),
  goal: msg(
    'You can ask of a big number what it is compared with, and which comparison would make it small.',
  ),
  minutes: 45,
  pages: [
    {
      title: msg('A big number'),
      text: [
        msg(
          'Before self-play the reasoner answered 11.4 % of new tasks right: the mean of its three kinds of task. After 50 steps it was 43.8 %. That is the experiment beside this page; it was run three times.',
        ),
        msg('A newspaper writes: **AI teaches itself and becomes four times as clever.**'),
      ],
      scene: { view: 'experiments', experiment: 'main' },
      exercise: {
        type: 'choice',
        id: 'ask',
        question: msg('Which two questions would you ask first?'),
        options: [
          {
            text: msg('Could it do that all along, and just did not?'),
            isRight: true,
            why: msg('Then nothing new was learned: something old was brought out. The next page asks it.'),
          },
          {
            text: msg('Would something simpler have done the same?'),
            isRight: true,
            why: msg('Tasks drawn at random, for example, in place of tasks of its own. That is a control.'),
          },
          {
            text: msg('How fast is the computer?'),
            isRight: false,
            why: msg('A faster one gets the same numbers sooner.'),
          },
          {
            text: msg('Does 43.8 look better as a bar or as a line?'),
            isRight: false,
            why: msg('That changes what readers feel, and nothing of what is true.'),
          },
        ],
      },
    },
    {
      title: msg('Told to think first'),
      text: [
        msg(
          'Take [deduction](#deduction) alone: program and input are given, what comes out? Of 100 new tasks the untrained base solves 8 or 9, when it answers as it likes. After self-play it is 92.',
        ),
        msg(
          'Now the test. Take the *untrained* base, and write the first word for it, `<think>`, so that it must think before it answers. Nothing else is changed. This is the [forced chain of thought](#forced-chain-of-thought).',
        ),
      ],
      // Charts and tables would say it.
      scene: { view: 'lab', recording: { name: 'demo', step: 24 }, hide: ['charts'] },
      exercise: {
        type: 'count',
        id: 'forced',
        question: msg('How many of 100 does the untrained base solve when it is forced to think?'),
        of: 100,
        truth: { given: 93 },
        after: msg(
          '93, one more than after self-play. It could compute all along. Self-play taught it *to* think, not *how*. In the charts of the lab that is the dashed line: only what lies above it is new.',
        ),
      },
    },
    {
      title: msg('A run that cannot learn'),
      text: [
        msg(
          'How do you know that a curve that rises rises because of learning? Run everything with the learning switched off. Such a run is called a control.',
        ),
        msg(
          'Here is one: all answers earn the same, so no answer is better than average, and nearly nothing is pushed anywhere. Twelve steps of it are recorded.',
        ),
      ],
      scene: { view: 'lab', recording: { name: 'equal-rewards', step: 0 } },
      exercise: {
        type: 'curve',
        id: 'flat',
        question: msg(
          'Its solve rate on its own new deductions begins at 0.40. What do steps 4, 8 and 12 look like?',
        ),
        label: msg('Share of its tries at deductions that are right'),
        at: [1, 4, 8, 12],
        range: [0, 1],
        unit: 'share',
        truth: { from: 'recording', name: 'equal-rewards', column: 'solveRate:deduction' },
        after: msg(
          'It moves, from 0.25 to 0.40, and nothing is learned: the tasks are others in every step, some easier, some harder. So wide does this curve swing by chance. A rise of that size in another run proves nothing by itself.',
        ),
      },
    },
    {
      title: msg('Somebody else’s questions'),
      text: [
        msg(
          'The idea of this lab is that the reasoner invents its own tasks. Is that what helps? The control: tasks of a [random proposer](#control), programs thrown together by a grammar. Everything else is as in the demo.',
        ),
        msg(
          'In the demo itself held-out deduction (difficulty 2 to 4) goes from 0.10 before the first step to 0.92 at step 10.',
        ),
      ],
      scene: { view: 'lab', recording: { name: 'random-proposer', step: 0 } },
      exercise: {
        type: 'curve',
        id: 'random',
        question: msg('And with random tasks?'),
        label: msg('Held-out deduction, difficulty 2 to 4'),
        at: [0, 10, 20, 24],
        range: [0, 1],
        unit: 'share',
        truth: { from: 'held-out', name: 'random-proposer', kind: 'deduction', tiers: [2, 3, 4] },
        after: msg(
          'The same: 0.93 at step 10. What the demo needs is tasks that are solved sometimes, and random ones are such tasks for this base, too. So nothing here shows that its own tasks are better. It is one run. In the climb, where tasks have to become longer, three repeats say the same: +11.6 points with its own tasks, +11.1 with random ones, both composed with tasks that it has come to solve. Random ones that are not composed: +1.4.',
        ),
      },
    },
    {
      title: msg('What is left'),
      text: [
        msg(
          'So is nothing ever learned? Another experiment begins from a base that thinks before nearly every answer, so that forcing it to changes nothing, and that was never shown a program of more than four lines.',
        ),
        msg(
          'Programs of seven and eight lines: 33.0 % right before, and 33.0 % when forced to think. After three hundred steps of self-play it is 62.8 %, give or take 0.8 between three repeats.',
        ),
        msg(
          'Hand-written functions of eight lines and more: 9.2 % before, 34.2 ± 7.9 % after. Long sums: 7.5 % before, 7.0 % after.',
        ),
      ],
      scene: { view: 'experiments', experiment: 'climb' },
      exercise: {
        type: 'choice',
        id: 'new-skill',
        question: msg('Which sentence do these numbers carry?'),
        options: [
          {
            text: msg('It learned to trace programs longer than any it was shown.'),
            isRight: true,
            why: msg(
              'The forced base is no better than the free one, and the gain is far larger than the repeats differ.',
            ),
          },
          {
            text: msg('It has become better at everything.'),
            isRight: false,
            why: msg('Long sums became no better. What was practised grew; what was not did not.'),
          },
          {
            text: msg('Its own tasks are better than tasks of people.'),
            isRight: false,
            why: msg(
              'Nobody has measured that here. The control is defined, and its row in the table is empty.',
            ),
          },
        ],
      },
    },
    {
      title: msg('An honest headline'),
      text: [
        msg(
          'Each experiment of this page says three things: the answer, what it does **not** show, and the command that repeats it. Some targets were missed, and that stands there, too.',
        ),
      ],
      scene: { view: 'experiments', experiment: 'main' },
      exercise: {
        type: 'open',
        id: 'headline',
        question: msg(
          'Write the headline of page 1 anew, in at most 25 words, so that nobody who reads it is deceived. Then say which control you would run next.',
        ),
        lines: 5,
        model: msg(
          '“Small AI learns by itself to think before it answers: what it could do when told to, it now does unasked.” Next control: the same number of steps with random tasks, three times.',
        ),
      },
    },
  ],
  teacher: {
    timing: [
      { from: 0, what: msg('Page 1: collect questions before the options are shown.') },
      {
        from: 8,
        what: msg('Page 2: guesses on paper, then the number. Give it time: it is the turn of the lesson.'),
      },
      { from: 18, what: msg('Page 3: chance. Every pupil draws a curve.') },
      { from: 26, what: msg('Page 4: the control that hurts.') },
      { from: 33, what: msg('Page 5: what is left, and what was not measured.') },
      { from: 39, what: msg('Page 6: headlines; read some aloud and look for a word that claims too much.') },
    ],
    prepare: [
      msg('The link; experiments and recordings come with the page.'),
      msg('Open Experiments once before the lesson where the network is slow.'),
    ],
    expect: [
      msg('Guesses for page 2 are mostly between 10 and 40; the 93 surprises.'),
      msg(
        'Numbers: docs/experiments/main.md (seeds 1, 2, 3; 50 steps) and docs/experiments/climb.md (seeds 1, 2, 3; 300 steps); the recordings have seed 1.',
      ),
    ],
    goesWrong: [
      {
        what: msg('“Then it is all fake.”'),
        help: msg(
          'No: learning when to think is something, and page 5 shows a gain that the control does not explain. Honest is to say which is which.',
        ),
      },
      {
        what: msg('One recorded run is taken for proof.'),
        help: msg(
          'Ask for the second and the third seed. The experiments have three; the recordings of pages 3 and 4 one.',
        ),
      },
    ],
    answers: [
      {
        exercise: 'flat',
        text: msg('0.40, 0.40, 0.33, 0.25 at steps 1, 4, 8 and 12; held-out answers stay as they were.'),
      },
    ],
    discuss: [
      msg('Where have you read a number without its comparison this week?'),
      msg('Why do people who make an AI have to look for the control that makes their result small?'),
    ],
  },
};
