/** The task in hand, as it is shown while a step goes on. */
import { render } from '../language/tokenizer.ts';
import { SPECS } from '../tasks/index.ts';
import type { Judged } from '../tasks/judging.ts';
import { isThinking, type Triplet } from '../tasks/kind.ts';
import type { Task } from '../tasks/task.ts';
import type { AttemptGroup } from './attempts.ts';
import type { Hand } from './events.ts';
import type { Checked } from './lab.ts';
import type { Graded } from './update.ts';
import type { Draft } from './validity.ts';

/** The draft to show: the first of the kind that can be read, so that most of the time it becomes a task. */
export function pickDraft(drafts: readonly Draft[], kind: string): Draft | undefined {
  const ofKind = drafts.filter((draft) => draft.kind === kind);
  return ofKind.find((draft) => proposalOf(draft) !== null) ?? ofKind[0] ?? drafts[0];
}

export function handOfDraft(draft: Draft): Hand {
  const { kind, references, rollout } = draft;
  const proposal = proposalOf(draft);
  return {
    kind,
    references: references.map(({ program }) => program),
    // What cannot be read is shown as it was written.
    program: proposal?.program ?? render(rollout.tokens),
    input: proposal?.inputs[0],
  };
}

export function handOfProposal(checked: Checked): Hand {
  const { validity } = checked;
  const hand = handOfDraft(checked);
  return validity.ok ? { ...hand, ...shownOf(validity.triplet) } : { ...hand, rejection: validity.rejection };
}

/** A composed program is no longer the one that was written. */
function shownOf({ program, input, output }: Triplet): Pick<Hand, 'program' | 'input' | 'output'> {
  return { program, input, output };
}

/** A task that goes on to the solver, with the references it was proposed from. */
export function handOfTask(task: Task, references: readonly Task[]): Hand {
  const { kind, program, input, output } = task;
  return { kind, references: references.map((reference) => reference.program), program, input, output };
}

/** The attempts as they were written; what they are worth is not known yet. */
export function handOfResponses(hand: Hand, { rollouts }: AttemptGroup): Hand {
  return { ...hand, responses: rollouts.map(({ tokens }) => render(tokens)) };
}

export function handOfGroup(hand: Hand, group: AttemptGroup, graded: readonly Graded[]): Hand {
  const { rollouts, judged, rewards, solveRate, task } = group;
  return {
    ...hand,
    attempts: rollouts.map(({ tokens }, i) => {
      const { solution, verdict } = judged[i] as Judged;
      return {
        response: render(tokens),
        answer: solution?.answer ?? null,
        thinks: isThinking(tokens),
        verdict,
        reward: rewards[i] ?? 0,
      };
    }),
    solveRate,
    proposerReward: graded.find(({ draft }) => draft.task === task)?.reward,
  };
}

function proposalOf({ kind, references, rollout }: Draft) {
  return rollout.finished ? SPECS[kind].parseProposal(rollout.tokens, references) : null;
}
