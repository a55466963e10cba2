/**
 * Watches a run's metrics for the ways in which self-play is known to go wrong. Deterministic, and fed step by step,
 * so that the page, the headless lab and the experiments say the same of the same run.
 */

import { unsoundNumbers } from '../selfplay/lifecycle.ts';
import type { Rejection } from '../tasks/kind.ts';
import type { RoleKind, TaskKind } from '../tasks/task.ts';
import type { Detection, DetectorName } from './findings.ts';
import type { StepMetrics } from './metrics/table.ts';
import { Best, Recent, Series } from './series.ts';

/** The entropy has collapsed below this share of that of the first steps. Healthy runs level off at about half. */
const COLLAPSED_ENTROPY = 0.25;
const RECOVERED_ENTROPY = 0.35;
/**
 * The entropy has risen above this multiple of that of the first steps. In a healthy run it falls; where it rises,
 * updates spoil what the base knew.
 */
const RISEN_ENTROPY = 1.5;
const SETTLED_ENTROPY = 1.2;
/**
 * More than this share of the task groups has a deviation of zero. Demo runs stay below 0.65; above 0.85 a step
 * learns from fewer than one task in seven.
 */
const SILENT_GROUPS = 0.85;
const HEARD_GROUPS = 0.75;
/**
 * More than this share of the proposals is trivial: most of what is proposed adds nothing. Demo runs stay below
 * 0.35.
 */
const TRIVIAL_PROPOSALS = 0.5;
const VARIED_PROPOSALS = 0.4;
/**
 * More than this share of the measured tasks is always solved. A proposer at the edge of what is solvable has a
 * third to a half.
 */
const EASY_TASKS = 0.9;
const HARDER_TASKS = 0.8;
/** Fewer tasks or proposals than this in a window are too few to judge the proposer by. */
const ENOUGH = 20;
/**
 * Responses have become this many times as long as in the first steps. Execution and error in abduction grows
 * healthily by two to two and a half.
 */
const EXPLODED_LENGTH = 3;
const CONTAINED_LENGTH = 2.5;
/** A response of fewer tokens than this is short, however much it grew. */
const SHORT = 32;
/** A response that grew because growing pays has gained at least this much reward. */
const WORTH_ITS_LENGTH = 0.1;
/**
 * Valid proposals have fallen below this share of those of the first steps: Python refuses half of what it used to
 * accept.
 */
const CRASHED_VALIDITY = 0.5;
const RECOVERED_VALIDITY = 0.7;
/** A base that writes fewer acceptable programs than this has nothing to lose. */
const VALID_BASE = 0.25;

/**
 * The share of attempts that think has fallen below this part of its best: the model is losing its chain of
 * thought.
 */
const VANISHED_THOUGHTS = 1 / 3;
const RETURNED_THOUGHTS = 1 / 2;
/** A kind in which no larger share of the attempts has ever thought has nothing to lose. */
const THINKS_AT_ALL = 0.1;
/** Responses have shrunk below this part of their greatest length: they answer at once. */
const SHRUNK_LENGTH = 1 / 2;
/** Shrinking is a loss, and no economy, where the solve rate has fallen this far below its best. */
const LOST_SUCCESS = 0.1;

/** Rejections of programs that run but teach nothing; `held-out` says nothing of the proposer. */
const TRIVIAL: readonly Rejection[] = ['known', 'identity', 'constant', 'unused-argument'];
const NOT_BROKEN: readonly Rejection[] = [...TRIVIAL, 'held-out'];

/** What a detector makes of a step: gone wrong (with the words for it), well again, or neither. */
type Finding = { sentence: string; cure: string } | 'clear' | 'unsure';
type Detector = (metrics: StepMetrics) => Finding;

export class Detectors {
  private readonly all: readonly [DetectorName, Detector][] = [
    ['not a number', notANumber],
    ['entropy collapse', entropyCollapse()],
    ['entropy rise', entropyRise()],
    ['zero-std groups', zeroStdGroups()],
    ['proposer triviality', proposerTriviality()],
    ['length explosion', lengthExplosion()],
    ['validity crash', validityCrash()],
    ['vanishing thoughts', vanishingThoughts()],
  ];
  private readonly raised = new Set<DetectorName>();

  /**
   * Takes the metrics of the next step and returns what begins to go wrong with it. A detector that has fired is
   * silent until its trouble is over.
   */
  take(metrics: StepMetrics): Detection[] {
    const detections: Detection[] = [];
    for (const [name, detect] of this.all) {
      const finding = detect(metrics);
      if (finding === 'clear') this.raised.delete(name);
      else if (finding !== 'unsure' && !this.raised.has(name)) {
        this.raised.add(name);
        detections.push({ name, step: metrics.step, ...finding });
      }
    }
    return detections;
  }
}

function notANumber(metrics: StepMetrics): Finding {
  const wrong = unsoundNumbers(metrics);
  if (wrong.length === 0) return 'clear';
  return {
    sentence: `Not finite: ${wrong.join(', ')}. The weights are spoiled and the run ends.`,
    cure: 'Lower the learning rate or clip the gradient at a smaller norm.',
  };
}

function entropyCollapse(): Detector {
  const series = new Series();
  return ({ entropy, tokensTrained }) => {
    // Entropy is measured in an update; a step without one has none.
    if (tokensTrained > 0) series.add(entropy);
    const { start, recent } = series;
    if (start === null || recent === null) return 'unsure';
    if (recent > RECOVERED_ENTROPY * start) return 'clear';
    if (recent > COLLAPSED_ENTROPY * start) return 'unsure';
    return {
      sentence: `Entropy fell from ${nats(start)} to ${nats(recent)} nats a token: the reasoner hardly tries anything else.`,
      cure: 'In Settings, raise “Entropy bonus” or “KL to the base, proposer”, or lower “Learning rate”.',
    };
  };
}

function entropyRise(): Detector {
  const series = new Series();
  return ({ entropy, tokensTrained }) => {
    if (tokensTrained > 0) series.add(entropy);
    const { start, recent } = series;
    if (start === null || recent === null) return 'unsure';
    if (recent < SETTLED_ENTROPY * start) return 'clear';
    if (recent <= RISEN_ENTROPY * start) return 'unsure';
    return {
      sentence: `Entropy rose from ${nats(start)} to ${nats(recent)} nats a token: the updates undo what the base knew, whatever the rewards say.`,
      cure: 'In Settings, lower “Learning rate” or “Entropy bonus”, and begin again from the base.',
    };
  };
}

function zeroStdGroups(): Detector {
  const series = new Series();
  return (metrics) => {
    if (Object.keys(metrics.solveRate).length > 0) series.add(metrics.zeroStdGroups);
    const { recent } = series;
    if (recent === null) return 'unsure';
    if (recent < HEARD_GROUPS) return 'clear';
    if (recent <= SILENT_GROUPS) return 'unsure';
    const rates = Object.entries(metrics.solveRate).map(([kind, rate]) => `${kind} ${percent(rate)}`);
    return {
      sentence: `All attempts earned the same at ${percent(recent)} of the tasks (solved now: ${rates.join(', ')}), so hardly any task teaches.`,
      cure: 'In Settings, set “References drawn” and “Old tasks drawn” to edge, or raise “Attempts per task n”.',
    };
  };
}

function proposerTriviality(): Detector {
  const proposed = new Recent();
  const trivial = new Recent();
  const measured = new Recent();
  const always = new Recent();
  return (metrics) => {
    if (!hasProposer(metrics)) return 'unsure';
    proposed.add(metrics.proposals);
    trivial.add(count(metrics, TRIVIAL));
    measured.add(sum(metrics.solveCounts));
    always.add(metrics.solveCounts.at(-1) ?? 0);
    const trivialShare = share(trivial, proposed);
    const easyShare = share(always, measured);
    if (trivialShare !== null && trivialShare > TRIVIAL_PROPOSALS) {
      return {
        sentence: `${percent(trivialShare)} of the proposals are known, constant, the identity or ignore their argument.`,
        cure: 'In Settings, raise “References K” or “KL to the base, proposer”, or lower “Texts per I/O fingerprint”.',
      };
    }
    if (easyShare !== null && easyShare > EASY_TASKS) {
      return {
        sentence: `${percent(easyShare)} of the new tasks are solved by every attempt: there is nothing to learn from them.`,
        cure: 'In Settings, set “References drawn” to edge, or “Learnability reward” to code, where a task that is always solved costs something.',
      };
    }
    if (trivialShare === null && easyShare === null) return 'unsure';
    return (trivialShare ?? 0) < VARIED_PROPOSALS && (easyShare ?? 0) < HARDER_TASKS ? 'clear' : 'unsure';
  };
}

function lengthExplosion(): Detector {
  const lengths = new Map<string, Series>();
  const rewards = new Map<string, Series>();
  return ({ responseLength, reward }) => {
    let worst: { name: string; from: number; to: number } | null = null;
    let isClear = true;
    for (const [name, length] of Object.entries(responseLength) as [RoleKind, number][]) {
      const { start, recent } = follow(lengths, name).add(length);
      const earned = follow(rewards, name).add(reward[name] ?? Number.NaN);
      if (start === null || recent === null) continue;
      const gain = earned.recent === null || earned.start === null ? 0 : earned.recent - earned.start;
      const growth = recent / Math.max(start, 1);
      const isIdle = recent >= SHORT && gain < WORTH_ITS_LENGTH;
      if (isIdle && growth > CONTAINED_LENGTH) isClear = false;
      if (isIdle && growth > EXPLODED_LENGTH && (!worst || growth > worst.to / worst.from)) {
        worst = { name, from: start, to: recent };
      }
    }
    if (!worst) return isClear ? 'clear' : 'unsure';
    const { name, from, to } = worst;
    return {
      sentence: `Responses of ${name.replace(':', ' ')} grew from ${from.toFixed(0)} to ${to.toFixed(0)} tokens without earning more.`,
      cure: 'In Settings, lower “Longest response”, or set “Old tasks drawn” to edge, so that length has something to pay for.',
    };
  };
}

function validityCrash(): Detector {
  const series = new Series();
  return (metrics) => {
    const judged = metrics.proposals - (metrics.rejections['held-out'] ?? 0);
    if (!hasProposer(metrics) || judged <= 0) return 'unsure';
    const broken = sum(Object.values(metrics.rejections)) - count(metrics, NOT_BROKEN);
    const { start, recent } = series.add(1 - broken / judged);
    if (start === null || recent === null || start < VALID_BASE) return 'unsure';
    if (recent > RECOVERED_VALIDITY * start) return 'clear';
    if (recent > CRASHED_VALIDITY * start) return 'unsure';
    return {
      sentence: `Programs that run fell from ${percent(start)} to ${percent(recent)} of the proposals.`,
      cure: 'In Settings, raise “KL to the base, proposer” or lower “Learning rate”, and begin again.',
    };
  };
}

/**
 * The collapse that people who train small models by reinforcement report most: the chain of thought goes. Either the
 * share of attempts that think falls below a third of its best, or responses shrink to their answers while fewer are
 * right.
 */
function vanishingThoughts(): Detector {
  const shares = new Map<string, Best>();
  const lengths = new Map<string, Best>();
  const rates = new Map<string, Best>();
  return ({ thinkShare, responseLength, solveRate }) => {
    let isClear = true;
    for (const kind of Object.keys(solveRate) as TaskKind[]) {
      const thinking = bestOf(shares, kind).add(thinkShare[kind] ?? Number.NaN);
      const length = bestOf(lengths, kind).add(responseLength[`solve:${kind}`] ?? Number.NaN);
      const rate = bestOf(rates, kind).add(solveRate[kind] ?? Number.NaN);
      if (thinking.best >= THINKS_AT_ALL && thinking.recent !== null) {
        if (thinking.recent < RETURNED_THOUGHTS * thinking.best) isClear = false;
        if (thinking.recent < VANISHED_THOUGHTS * thinking.best) {
          return {
            sentence: `In ${kind} ${percent(thinking.recent)} of the attempts think, after ${percent(thinking.best)} at best: the chain of thought is being unlearned.`,
            cure: 'Give responses more room, lower the learning rate, or divide the loss by a constant length.',
          };
        }
      }
      if (length.recent === null || rate.recent === null || length.best < SHORT) continue;
      const hasShrunk = length.recent < SHRUNK_LENGTH * length.best;
      if (hasShrunk) isClear = false;
      if (hasShrunk && rate.recent < rate.best - LOST_SUCCESS) {
        return {
          sentence: `Responses of ${kind} shrank from ${length.best.toFixed(0)} to ${length.recent.toFixed(0)} tokens while their success fell from ${percent(rate.best)} to ${percent(rate.recent)}.`,
          cure: 'Give responses more room, lower the learning rate, or divide the loss by a constant length.',
        };
      }
    }
    return isClear ? 'clear' : 'unsure';
  };
}

/** False where tasks come from another source, or where no kind is proposed. */
function hasProposer({ reward, proposals }: StepMetrics): boolean {
  return proposals > 0 && Object.keys(reward).some((role) => role.startsWith('propose:'));
}

function count({ rejections }: StepMetrics, reasons: readonly Rejection[]): number {
  return sum(reasons.map((reason) => rejections[reason] ?? 0));
}

/** What share `part` is of `whole`, each the sum of a window; null while there is too little to tell. */
function share(part: Recent, whole: Recent): number | null {
  return whole.isFull && whole.sum >= ENOUGH ? part.sum / whole.sum : null;
}

function follow(series: Map<string, Series>, name: string): Series {
  const found = series.get(name) ?? new Series();
  series.set(name, found);
  return found;
}

function bestOf(series: Map<string, Best>, name: string): Best {
  const found = series.get(name) ?? new Best();
  series.set(name, found);
  return found;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

const percent = (value: number) => `${Math.round(value * 100)} %`;
const nats = (value: number) => value.toFixed(3);
