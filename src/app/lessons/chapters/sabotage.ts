/** Sabotage: what breaks, and who notices. The text tells what the four recordings show, and nothing else. */
import { msg } from '../../../words/words.ts';
import type { Lesson } from '../lesson.ts';

export const SABOTAGE: Lesson = {
  id: 'sabotage',
  title: msg('Sabotage'),
  goal: msg(
    'You can predict what breaks when a part of the learning rule is spoiled, and say which detector would notice.',
  ),
  minutes: 45,
  pages: [
    {
      title: msg('Four ways to break it'),
      text: [
        msg(
          'A reasoner that learns well is hard to tell from one that goes wrong: both change. So we break four on purpose.',
        ),
        msg(
          '**A** All answers earn the same. **B** Five times the [learning rate](#policy-gradient). **C** Twenty times. **D** Twenty times, and without the leash: without the [KL](#kl) that holds the proposer near its base.',
        ),
        msg(
          'The learning rate says how far one step pushes the network. Beside every run watch [detectors](#detector): small programs that know how self-play goes wrong, and pin a note on a chart.',
        ),
      ],
      scene: { view: 'lab', recording: { name: 'demo', step: 24 } },
      point: 'charts',
      exercise: {
        type: 'choice',
        id: 'worst',
        question: msg('Which will be worst after 16 steps? Choose before you turn the page.'),
        options: [
          {
            text: msg('A: equal rewards'),
            isRight: false,
            why: msg('It does no harm at all: it does nothing. See page 2.'),
          },
          {
            text: msg('B: five times the rate'),
            isRight: false,
            why: msg('It is a surprise, but not the worst. See pages 3 and 4.'),
          },
          {
            text: msg('C: twenty times the rate, on the leash'),
            isRight: false,
            why: msg('Bad, but one half of it stays well. See page 6.'),
          },
          {
            text: msg('D: twenty times the rate, without the leash'),
            isRight: true,
            why: msg('In the end it writes no valid program any more. See page 5.'),
          },
        ],
      },
    },
    {
      title: msg('A: equal rewards'),
      text: [
        msg(
          'Right, wrong, unreadable: everything earns 1. An answer is pushed by how much *more* it earned than the other tries at the same task. So here: by nothing.',
        ),
        msg('The base solves about a tenth of held-out deductions of difficulty 2 to 4.'),
      ],
      scene: { view: 'lab', recording: { name: 'equal-rewards', step: 0 } },
      exercise: {
        type: 'curve',
        id: 'equal',
        question: msg('Drag: held-out deduction over the 12 steps.'),
        label: msg('Held-out deduction, difficulty 2 to 4'),
        at: [0, 10, 12],
        range: [0, 1],
        unit: 'share',
        truth: { from: 'held-out', name: 'equal-rewards', kind: 'deduction', tiers: [2, 3, 4] },
        after: msg(
          'Flat. After five steps a detector says so: *All attempts earned the same at 100 % of the tasks, so hardly any task teaches.* A flat curve and a loss near zero can mean that all is learned, or that nothing can be. The detector tells which.',
        ),
      },
    },
    {
      title: msg('B: five times the rate'),
      text: [
        msg(
          'Five times the push in each step. In the demo, with the usual rate, 57 % of the deductions think in step 9, and 73 % in step 24.',
        ),
      ],
      scene: { view: 'lab', recording: { name: 'five-times', step: 0 } },
      exercise: {
        type: 'curve',
        id: 'five-thinking',
        question: msg('Drag: how many of its tries at deductions think, with five times the rate?'),
        label: msg('Share of tries at deductions that think'),
        at: [1, 6, 12, 18, 24],
        range: [0, 1],
        unit: 'share',
        truth: { from: 'recording', name: 'five-times', column: 'thinkShare:deduction' },
        after: msg(
          'It gets there twice as fast: over nine in ten by step 8. So is a higher rate simply better? Turn the page before you order one.',
        ),
      },
    },
    {
      title: msg('Faster, and worse'),
      text: [
        msg(
          'Now the longest programs that are asked here, with seven or eight lines. With the usual rate the demo solves 0.68 of them at step 10. The untrained base, forced to think, solves 0.73.',
        ),
      ],
      scene: { view: 'lab', recording: { name: 'five-times', step: 24 } },
      point: 'charts',
      exercise: {
        type: 'curve',
        id: 'five-long',
        question: msg('And with five times the rate?'),
        label: msg('Held-out deduction of seven and eight lines'),
        at: [0, 10, 20, 24],
        range: [0, 1],
        unit: 'share',
        truth: { from: 'held-out', name: 'five-times', kind: 'deduction', tiers: [5] },
        after: msg(
          'About a half. It thinks nearly always, but its long thoughts have become worse than those that the base had. And in step 15 a detector reports that in induction thinking is being unlearned: 6 % of the tries think, after 19 % at best. Large steps are rough: they reach what is easy and trample on what is fine.',
        ),
      },
    },
    {
      title: msg('D: no leash'),
      text: [
        msg(
          'Twenty times the rate. And the [KL](#kl) of the proposer is set to 0: nothing reminds it any more of how its base wrote programs.',
        ),
        msg('In the first step 60 % of what it proposes are valid tasks.'),
      ],
      scene: { view: 'lab', recording: { name: 'no-kl', step: 0 } },
      exercise: {
        type: 'curve',
        id: 'no-leash',
        question: msg('Drag: the share of valid proposals.'),
        label: msg('Share of the proposals that are valid tasks'),
        at: [1, 4, 8, 12, 16],
        range: [0, 1],
        unit: 'share',
        truth: { from: 'recording', name: 'no-kl', column: 'validRate' },
        after: msg(
          'From step 10 on: none. It has forgotten how to write Python. Five detectors fire: *validity crash* in step 9, *length explosion* in 10, *entropy rise* and *vanishing thoughts* in 11, *zero-std groups* in 16.',
        ),
      },
    },
    {
      title: msg('C: the same, on the leash'),
      text: [
        msg(
          'The same rate, the same seed, the same first step. The only difference: each token that the proposer writes costs it something if the base would hardly have written it. The solver has no such leash, in both runs.',
        ),
      ],
      scene: { view: 'lab', recording: { name: 'twenty-times', step: 16 } },
      point: 'charts',
      exercise: {
        type: 'choice',
        id: 'leash',
        question: msg('What is left after 16 steps?'),
        options: [
          {
            text: msg('Both roles are well.'),
            isRight: false,
            why: msg(
              'Not one of its tries at deductions is right in steps 14 and 15. The leash is on the proposer alone.',
            ),
          },
          {
            text: msg('It still writes valid tasks, and cannot solve them any more.'),
            isRight: true,
            why: msg(
              'Six in ten proposals are valid to the end, as in the beginning. But solving is gone, and with it the reward for proposing: a task that is never solved earns nothing.',
            ),
          },
          {
            text: msg('It solves well, and writes nothing valid.'),
            isRight: false,
            why: msg('It is the other way round: the leash is on the proposer.'),
          },
          {
            text: msg('Nothing: as without the leash.'),
            isRight: false,
            why: msg('Look at the valid proposals: 64 % in step 16. Without the leash none.'),
          },
        ],
      },
    },
    {
      title: msg('Who watches?'),
      text: [
        msg(
          'A run of the size that companies make takes weeks. Somebody has to notice on the first day that it goes wrong, and most curves just look busy.',
        ),
        msg('In B all went *better* than usual for ten steps, by the number that everybody looks at.'),
      ],
      scene: { view: 'lab', recording: { name: 'five-times', step: 24 } },
      exercise: {
        type: 'open',
        id: 'watch',
        question: msg(
          'You may watch three numbers of a run and no more. Which three, and at what value would you stop it? Say for each of A to D which of yours would have told you.',
        ),
        lines: 6,
        model: msg(
          'Held-out accuracy of the longest programs (stop when it falls below the base that is forced to think: tells B, C, D), the share of tasks at which all tries earn the same (stop above 0.85: tells A), the share of valid proposals (stop below half of the start: tells D).',
        ),
      },
    },
  ],
  teacher: {
    timing: [
      { from: 0, what: msg('Page 1: a show of hands, A to D; keep the count on the board.') },
      { from: 6, what: msg('Page 2: why nothing is pushed.') },
      { from: 13, what: msg('Pages 3 and 4: let them order five times the rate before page 4.') },
      { from: 24, what: msg('Pages 5 and 6: two runs that differ in one setting.') },
      {
        from: 35,
        what: msg('Page 7: groups choose three numbers; the board is compared with the count of page 1.'),
      },
    ],
    prepare: [
      msg('The link; the four runs are recordings, so nothing is computed.'),
      msg(
        'For a class that wants to break its own: Settings → Update → Learning rate, and KL to the base, proposer. Ten steps of “Demo, nano” do.',
      ),
    ],
    expect: [
      msg(
        'A and C, D are the nano reasoner, B the small one; all have seed 1. The commands are in docs/recordings.md.',
      ),
      msg(
        'Detectors: A zero-std groups in step 5; B vanishing thoughts in 15; C entropy rise in 10, vanishing thoughts in 12; D five, from step 9 on.',
      ),
    ],
    goesWrong: [
      {
        what: msg('Most of the class bets on A.'),
        help: msg('Good: ask what a push of zero does to a network. It stays as good as it was.'),
      },
      {
        what: msg('A run of their own with five times the rate looks fine.'),
        help: msg('So does ours, for ten steps. Ask for the long programs, and for induction.'),
      },
    ],
    answers: [
      { exercise: 'equal', text: msg('0.08 at the beginning and 0.08 at the end.') },
      {
        exercise: 'five-thinking',
        text: msg('0.47, 0.86, 0.94, 0.97 and 0.95 at steps 1, 6, 12, 18 and 24.'),
      },
      { exercise: 'five-long', text: msg('0, 0.48, 0.48 and 0.50 at steps 0, 10, 20 and 24.') },
      { exercise: 'no-leash', text: msg('0.60, 0.30, 0.13, 0 and 0 at steps 1, 4, 8, 12 and 16.') },
    ],
    discuss: [
      msg('Who should be allowed to switch a detector off?'),
      msg('Where else does “faster” hide “worse” for a while?'),
    ],
  },
};
