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
 *     textsPerBehaviour, rejectKnownText]. Valid tasks that are known already still train both roles.
 *  6. Answers are literals and compared as canonical text; the official code evaluates them.
 *  7. The solver meets a proposal in the step that made it, as in Algorithm 1; the official code lags one step.
 *  8. The loss is divided by a constant length, not by each response's own, which would favour short answers
 *     [lossNormalization].
 *  9. Fewer references and induction examples, no message: they must fit a small context [references,
 *     inductionExamples].
 * 10. A full buffer evicts by reservoir; the official code keeps the oldest tasks for ever, and then takes the same
 *     last ones for new at every step [eviction].
 * 11. Composition inlines an earlier program before the proposal's own; the official code adds it as a function
 *     that the proposal calls, and its main runs do without [composition…].
 * 12. Programs of the held-out class are neither rewarded nor trained on.
 * 13. There is one on-policy update a step, so the ratio to the sampler is 1 and PPO's clip, which the paper names,
 *     has nothing to do; it is left out.
 * 14. Controls replace one part each: tasks of another source [taskSource], the warm-up going on instead of
 *     self-play or no learning at all [update].
 */
import type { Config } from '../config/hyperparameters.ts';
import type { Random } from '../random.ts';
import { DivergedError, type Reasoner } from '../reasoner/reasoner.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { Task, TaskKind } from '../tasks/task.ts';
import type { CorpusExample } from '../warmup/corpus.ts';
import { advantages } from './advantage.ts';
import {
  type AttemptGroup,
  attemptTasks,
  judgeAttempts,
  recordAttempts,
  setSolverAdvantages,
} from './attempts.ts';
import { areNumbersSound, Detectors } from './detectors.ts';
import type { Hand, Listener, Stage } from './events.ts';
import { handOfDraft, handOfGroup, handOfProposal, handOfResponses, handOfTask, pickDraft } from './hand.ts';
import { HeldOut } from './heldOut.ts';
import {
  type Checked,
  createLab,
  drawConditions,
  type Lab,
  remember,
  verifyDrafts,
  writeDrafts,
} from './lab.ts';
import type { StepMetrics } from './metrics.ts';
import { type Buffers, drawSolverTasks, drawTasks } from './references.ts';
import { penalizeRepetition, proposerReward } from './rewards.ts';
import { isEvaluationStep } from './schedule.ts';
import { type Planted, plantSeed, type SeedingReport, seedBuffers } from './seeding.ts';
import { type StepWork, summarise } from './summary.ts';
import { supervisedExamples, superviseStep } from './supervised.ts';
import { type Graded, NOTHING_TO_LEARN, updateReasoner } from './update.ts';

export interface SelfPlayOptions {
  reasoner: Reasoner;
  sandbox: Sandbox;
  config: Config;
  random: Random;
  listener: Listener;
}

export class SelfPlay {
  private readonly lab: Lab;
  private readonly heldOut: HeldOut;
  private readonly supervision: Iterator<CorpusExample> | null;
  private readonly detectors = new Detectors();
  private stepsDone = 0;
  private hasDiverged = false;

  constructor(options: SelfPlayOptions) {
    this.lab = createLab(options);
    this.heldOut = new HeldOut(this.lab);
    const isSupervised = options.config.update === 'supervised';
    this.supervision = isSupervised ? supervisedExamples(this.lab, options.random.fork()) : null;
  }

  get buffers(): Buffers {
    return this.lab.buffers;
  }

  /** Steps taken so far. */
  get steps(): number {
    return this.stepsDone;
  }

  /**
   * Before the first step: freezes and measures the base, plants the seed program (the user's, one or several, or
   * the built-in one) and lets the base fill the buffers from it.
   */
  async prepare(userPrograms: string | null = null): Promise<{ planted: Planted; seeding: SeedingReport }> {
    const { reasoner, listener, clock } = this.lab;
    reasoner.freezeBase();
    await this.show(0, 'evaluate', null);
    const { atOnce, forced } = await clock.time(null, () => this.heldOut.measureBase());
    await listener({ type: 'base', scores: atOnce.scores, forced: forced.scores, thinks: atOnce.thinks });
    const planted = await plantSeed(this.lab, userPrograms);
    const seeding = await seedBuffers(this.lab);
    return { planted, seeding };
  }

  /**
   * One iteration of Algorithm 1: all roles and kinds, one update. A step whose numbers are not finite is returned
   * like any other, so that it can be told; there is no step after it (DivergedError).
   */
  async step(): Promise<StepMetrics> {
    const { lab, supervision } = this;
    if (this.hasDiverged) {
      throw new DivergedError(`The numbers of step ${this.stepsDone} are not finite: the run has ended.`);
    }
    const step = ++this.stepsDone;
    lab.clock.startStep();
    const record = supervision ? await superviseStep(lab, supervision, step) : await this.play(step);
    const { loss, gradNorm, entropy, kl: klToBase } = record.report;
    this.hasDiverged = !areNumbersSound({ loss, gradNorm, entropy, klToBase });
    const isDue = isEvaluationStep(step, lab.config) && !this.hasDiverged;
    const evaluation = isDue ? await this.evaluate(step) : {};
    const { total: seconds } = lab.clock;
    const phaseSeconds = lab.clock.phaseSeconds();
    const metrics = { ...summarise(lab, { step, seconds, phaseSeconds, ...record }), ...evaluation };
    const detections = this.detectors.take(metrics);
    return detections.length > 0 ? { ...metrics, detections } : metrics;
  }

  private async play(step: number): Promise<StepWork> {
    const { lab } = this;
    const { config, kinds, listener, clock } = lab;
    const n = config.attemptsPerTask;
    for (const kind of kinds) lab.buffers[kind].startStep();

    // PROPOSE (§3.2). τ ~ π_propose(· | z): programs and inputs, conditioned on K references from the buffer.
    const conditions = kinds.flatMap((kind) =>
      drawConditions(lab, kind, config.proposalsPerKind, () => config.references),
    );
    const shownKind = kinds[step % kinds.length] as TaskKind;
    const shownReferences = conditions.find(({ kind }) => kind === shownKind)?.references ?? [];
    await this.show(step, 'propose', {
      kind: shownKind,
      references: shownReferences.map(({ program }) => program),
    });
    const drafts = await clock.time('propose', () => writeDrafts(lab, conditions));
    const shownDraft = pickDraft(drafts, shownKind);
    await this.show(step, 'propose', shownDraft ? handOfDraft(shownDraft) : null);

    // VERIFY (§3.3.3). (x, y*) ~ f_e(· | τ): the sandbox runs every program and makes tasks of the valid ones.
    await this.show(step, 'verify', shownDraft ? handOfDraft(shownDraft) : null);
    const proposals = await clock.time('verify', () => verifyDrafts(lab, drafts, step));
    const shown = proposals.find(({ rollout }) => rollout === shownDraft?.rollout);
    await this.show(step, 'verify', shown ? handOfProposal(shown) : null);

    // ATTEMPT. y ~ π_solve(· | x): n tries at each new task to measure it, and the solver's practice.
    const fresh = proposals.flatMap(({ task }) => task ?? []);
    const practice = this.practiceTasks(fresh);
    const carried = shown?.task ? shown : proposals.find(({ task }) => task !== null);
    const hand = carried?.task ? handOfTask(carried.task, carried.references) : null;
    await this.show(step, 'attempt', hand);
    const groups = await clock.time('attempt', () =>
      attemptTasks(lab, [
        ...fresh.map((task) => ({ task, count: n })),
        ...practice.map((task) => ({ task, count: config.reuseAttempts ? n : config.solverAttempts })),
      ]),
    );
    const measured = groups.slice(0, fresh.length);
    const trained = config.reuseAttempts ? groups : groups.slice(fresh.length);
    const shownGroup = measured.find(({ task }) => task === carried?.task);
    const answeredHand = hand && shownGroup ? handOfResponses(hand, shownGroup) : hand;
    await this.show(step, 'attempt', answeredHand);

    // JUDGE and REWARD. The solver by execution (Eqs 5, 6), the proposer by the solver's success (Eq 4).
    await this.show(step, 'judge', answeredHand);
    await clock.time('judge', () => judgeAttempts(lab, groups, step));
    const graded = this.gradeProposals(proposals, measured);
    setSolverAdvantages(trained, config);
    await listener({ type: 'attempts', attempts: recordAttempts(groups, step) });
    const judgedHand = hand && shownGroup ? handOfGroup(hand, shownGroup, graded) : hand;
    await this.show(step, 'judge', judgedHand);

    // REMEMBER. Every valid new task enters its buffer, whatever its reward (§3.3.1), unless filtered.
    const updated = this.setSolveRates(groups);
    const { added, known } = await remember(lab, fresh, updated);

    // UPDATE (Eq 8 and §3.3.5). One step of the one policy on both roles and all kinds.
    await this.show(step, 'update', judgedHand);
    const report = await clock.time('update', async () =>
      config.update === 'none' ? NOTHING_TO_LEARN : updateReasoner(lab, graded, trained, step),
    );
    return { proposals, graded, added, known, measured, trained, report };
  }

  /** Tasks that the solver trains on besides, or (attempts not reused) instead of, new ones. */
  private practiceTasks(fresh: readonly Task[]): Task[] {
    const { config, kinds, buffers, random } = this.lab;
    return kinds.flatMap((kind) => {
      const buffer = buffers[kind];
      if (config.reuseAttempts) {
        return drawTasks(buffer.tasks, config.bufferTasksPerKind, config.replayWeighting, random);
      }
      const ofKind = fresh.filter((task) => task.kind === kind);
      const newest = config.eviction === 'official-defect' ? buffer.officialNewest() : ofKind;
      return drawSolverTasks(newest, buffer.tasks, config.proposalsPerKind, config, random);
    });
  }

  /** Eqs 4 and 6 and the proposer's baselines. Held-out programs are left out: nothing is learned from them. */
  private gradeProposals(proposals: readonly Checked[], measured: readonly AttemptGroup[]): Graded[] {
    const { config, kinds, source } = this.lab;
    // Nobody learns from what another source proposes.
    if (source) return [];
    let next = 0;
    const graded = proposals.flatMap((draft): Graded[] => {
      const { validity, task } = draft;
      const solveRate = task ? (measured[next++]?.solveRate ?? 0) : null;
      if (!validity.ok && validity.rejection === 'held-out') return [];
      return [{ draft, reward: proposerReward(solveRate, config), advantage: 0 }];
    });
    penalizeRepetition(graded, config);
    for (const kind of kinds) {
      const ofKind = graded.filter(({ draft }) => draft.kind === kind);
      const [values = []] = advantages([ofKind.map(({ reward }) => reward)], 'trr++');
      for (const [i, proposal] of ofKind.entries()) proposal.advantage = values[i] ?? 0;
    }
    return graded;
  }

  /** Writes the latest solve rates into the tasks; a single attempt says too little to be one. Returns those
   * of tasks in the buffer. */
  private setSolveRates(groups: readonly AttemptGroup[]): { id: string; solveRate: number }[] {
    const { buffers } = this.lab;
    return groups
      .filter(({ rollouts }) => rollouts.length > 1)
      .flatMap(({ task, solveRate }) => {
        task.solveRate = solveRate;
        return buffers[task.kind].has(task) ? [{ id: task.id, solveRate }] : [];
      });
  }

  private async evaluate(step: number): Promise<Partial<StepMetrics>> {
    await this.show(step, 'evaluate', null);
    return this.lab.clock.time(null, () => this.heldOut.measure(step));
  }

  private async show(step: number, stage: Stage, hand: Hand | null): Promise<void> {
    await this.lab.listener({ type: 'stage', step, stage, hand });
  }
}
