/**
 * The Absolute Zero loop (Zhao et al. 2025, arXiv 2505.03335, Algorithm 1), to be read beside the paper.
 *
 * Differences from the paper. Those with a name in brackets are switches; the preset `paper-like` turns them back.
 *  1. The base is a small transformer warmed up on programs of our own grammar, not a pretrained language model.
 *     Gains are therefore shown against the frozen base and against the base forced to think.
 *  2. The attempts that measure a task also train the solver; the paper throws them away [reuseAttempts]. The
 *     solver further practises tasks of the buffer [bufferTasksPerKind].
 *  3. The solver's baseline is the mean of a task's own attempts instead of one mean per role and kind [baseline].
 *  4. The proposer is held near the base by a KL term; the paper has none [klPropose].
 *  5. Trivial programs are rejected, and at most a few programs that act alike enter a buffer [reject…,
 *     textsPerFingerprint, rejectKnownText]. Valid tasks that are known already still train both roles.
 *  6. Answers are literals and compared as canonical text; the official code evaluates them.
 *  7. The solver meets a proposal in the step that made it, as in Algorithm 1; the official code lags one step.
 *  8. The loss is divided by a constant length, not by each response's own, which would favour short answers
 *     [lossNormalizer].
 *  9. Fewer references and induction examples, no message: they must fit a small context [references,
 *     inductionExamples].
 * 10. A full buffer evicts by reservoir; the official code keeps the oldest tasks for ever, and then takes the same
 *     last ones for new at every step [eviction].
 * 11. Composition inlines an earlier program before the proposal's own, or as an `else` of it; the official code adds
 *     it as a function that the proposal calls, and its main runs do without [composition…, alternatives]. Partners,
 *     references and practice may be preferred that are solved sometimes [compositionPartner, …Weighting].
 * 12. Programs of the held-out class are neither rewarded nor trained on.
 * 13. There is one on-policy update a step, so the ratio to the sampler is 1 and PPO's clip, which the paper names,
 *     has nothing to do; it is left out.
 * 14. Controls replace one part each: tasks of another source [taskSource], the warm-up going on instead of
 *     self-play or no learning at all [update].
 */
import { setAdvantages } from './advantage.ts';
import { attempt, drawQuestions, focus } from './attempt.ts';
import { compose } from './compose.ts';
import { createContext, newRecord, runPhase, type SelfPlayOptions } from './context.ts';
import { judge } from './judge.ts';
import { beginStep, endStep, prepare } from './lifecycle.ts';
import { drawConditions } from './propose.ts';
import type { StepRecord } from './records.ts';
import { remember } from './remember.ts';
import { rewardAttempts, rewardProposals } from './rewards.ts';
import { seedBuffers } from './seed.ts';
import { update } from './update.ts';
import { nameTasks, verify } from './verify.ts';

/**
 * Plays `steps` steps from a freshly loaded base: says how it does, plants the seed program, lets the base fill the buffers
 * from it, and then yields a record a step. A step whose update is not finite is yielded like any other, so that it
 * can be told, and is the last. A saved run goes on with the step that comes next instead.
 */
export async function* selfPlay(options: SelfPlayOptions): AsyncGenerator<StepRecord, void> {
  const context = createContext(options);
  const { config, kinds, buffers, proposer } = context;
  const heldOut = await prepare(context, options);
  const stepsTaken = options.from?.state.step ?? 0;
  if (stepsTaken === 0) await seedBuffers(context);

  for (let step = 1 + stepsTaken; step <= config.steps; step++) {
    await beginStep(context, step);
    context.clock.startStep();
    for (const kind of kinds) buffers[kind].startStep();
    const record = newRecord(context, step);
    const random = context.random.fork('step', step);

    // PROPOSE (§3.2). τ ~ π_propose(· | z): programs and inputs, conditioned on K references from the buffer.
    record.conditions = drawConditions(context, kinds, () => config.references, random.fork('references'));
    await runPhase(context, record, 'propose', async () => {
      record.proposals = await proposer.propose(record.conditions, random.fork('proposals'));
    });

    // VERIFY (§3.3.3). (x, y*) ~ f_e(· | τ): the sandbox runs every program and makes tasks of the valid ones.
    // COMPOSE (Appendix D.2): some are joined with an earlier program, as in f(g(x)), so that tasks can grow.
    await runPhase(context, record, 'verify', async () => {
      await verify(context, record.proposals);
      await compose(context, record.proposals, step, random.fork('composition'));
      nameTasks(context, record.proposals, step);
    });

    // ATTEMPT. y ~ π_solve(· | x): n tries at each new task to measure it, and the solver's practice.
    const questions = drawQuestions(context, record.proposals, random.fork('practice'));
    await runPhase(context, record, 'attempt', async () => {
      const first = await attempt(context, questions, random.fork('attempts'));
      // FOCUS. Where these disagree there is something to learn: more of them.
      record.groups = await focus(context, first, random.fork('further attempts'));
    });

    // JUDGE and REWARD. The solver by execution (Eqs 5, 6), the proposer by the solver's success (Eq 4).
    await runPhase(context, record, 'judge', async () => {
      await judge(context, record.groups);
      rewardAttempts(record.groups, config);
      if (proposer.learns) rewardProposals(record.proposals, record.groups, config);
      setAdvantages(record.proposals, record.groups, config); // Eq 8
    });

    // REMEMBER. Every valid new task enters its buffer, whatever its reward (§3.3.1).
    const fresh = record.proposals.flatMap(({ task }) => task ?? []);
    Object.assign(record, await remember(context, fresh, record.groups));

    // UPDATE (Eq 8 and §3.3.5). One step of the one policy on both roles and all kinds.
    await runPhase(context, record, 'update', async () => {
      record.report = await update(context, record.proposals, record.groups, step);
    });

    const isSound = await endStep(context, record, heldOut);
    yield record;
    if (!isSound) return;
  }
}
