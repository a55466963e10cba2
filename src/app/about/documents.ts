/**
 * What lies outside the page and where: the paper, and the documents and the source that are built beside the page
 * (`scripts/docs/site/`, whose tests follow every address that is written here).
 */

export const PAPER = 'https://arxiv.org/abs/2505.03335';

/** Addresses beside the page. */
export const DOCUMENTS = 'docs/index.html';
export const METRICS_DOCUMENT = 'docs/metrics.html#metricsjsonl';
export const SETTINGS_DOCUMENT = 'docs/hyperparameters.html';
export const RESULTS_DOCUMENT = 'docs/results.html';
export const LICENCE = 'docs/source/LICENSE.html';
export const SOURCE = 'kelvin-source.zip';

/** Where a document says more about a term of the glossary, by the id of the term. */
const OF_TERMS: Record<string, string> = {
  policy: 'method.html#self-play',
  base: 'method.html#warm-up',
  'reference-model': 'method.html#reading-the-charts',
  role: 'method.html#self-play',
  'task-kind': 'method.html#the-language-of-tasks',
  deduction: 'method.html#the-language-of-tasks',
  abduction: 'method.html#the-language-of-tasks',
  induction: 'method.html#the-language-of-tasks',
  'error-deduction': 'method.html#error-deduction',
  'absolute-zero': 'method.html#self-play',
  step: 'architecture.html#the-phases-of-a-step',
  'seed-program': 'index.html#five-minutes',
  seeding: 'hyperparameters.html#buffer',
  seed: 'architecture.html#randomness-and-determinism',
  references: 'hyperparameters.html#propose',
  composition: 'method.html#longer-than-the-warm-up',
  verdict: 'sandbox.html#what-a-verdict-is',
  sandbox: 'sandbox.html#the-layers',
  buffer: 'hyperparameters.html#buffer',
  'io-fingerprint': 'hyperparameters.html#buffer',
  token: 'method.html#the-language-of-tasks',
  rollout: 'kernels.html#sampling',
  logits: 'kernels.html#sampling',
  temperature: 'hyperparameters.html#solve',
  greedy: 'suites.html#held-out-programs-by-kind-and-tier',
  passk: 'suites.html',
  'kv-cache': 'kernels.html#sampling',
  'chain-of-thought': 'method.html#thoughts',
  'prior-cot-rate': 'method.html#the-prior-cot-rate',
  'forced-chain-of-thought': 'method.html#reading-the-charts',
  reward: 'hyperparameters.html#reward',
  'solve-rate': 'metrics.html#metricsjsonl',
  'learnability-reward': 'method.html#choices-that-the-literature-makes-otherwise',
  screening: 'method.html#screen-then-focus',
  'solve-counts': 'metrics.html#metricsjsonl',
  advantage: 'method.html#choices-that-the-literature-makes-otherwise',
  trr: 'method.html#choices-that-the-literature-makes-otherwise',
  'zero-std-group': 'metrics.html#metricsjsonl',
  'policy-gradient': 'hyperparameters.html#update',
  kl: 'hyperparameters.html#update',
  entropy: 'metrics.html#metricsjsonl',
  'max-grad-norm': 'hyperparameters.html#update',
  'lr-ramp': 'hyperparameters.html#update',
  'lr-warm-up': 'hyperparameters.html#warm-up',
  'length-normaliser': 'hyperparameters.html#update',
  'warm-up': 'method.html#warm-up',
  difficulty: 'suites.html#held-out-programs-by-kind-and-tier',
  'language-level': 'method.html#level-2',
  'held-out': 'method.html#the-test-set',
  ladder: 'experiments/climb.html',
  'first-error': 'metrics.html#metricsjsonl',
  preset: 'index.html#five-minutes',
  control: 'method.html#controls',
  ablation: 'experiments.html',
  transfer: 'suites.html#arithmetic',
  detector: 'metrics.html#metricsjsonl',
  'reward-hacking': 'metrics.html#uhohjsonl',
  literal: 'sandbox.html#what-a-verdict-is',
};

/** The terms of the glossary of which a document says more. */
export const TERMS_WITH_MORE = Object.keys(OF_TERMS);

/** Where a document says more about a term, and the document's name; null where none does. */
export function moreAbout(term: string): { address: string; document: string } | null {
  const place = OF_TERMS[term];
  if (place === undefined) return null;
  const [file = ''] = place.split('.html');
  return { address: `docs/${place}`, document: file === 'index' ? 'README' : file };
}
