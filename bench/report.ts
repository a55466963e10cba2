/** `bench/results/engine.md`, from the entries alone. */

import { table } from '../scripts/common/markdown.ts';
import { ABSENT } from '../src/experiments/format.ts';
import { brief, shapeText } from './format.ts';
import type { Entry } from './results.ts';
import { ENGINE_LABELS, ENGINES } from './rivals/engine.ts';
import { integer, spreadText, targetTable } from './tables.ts';
import { targetsOf } from './targets.ts';

export function reportOf(entries: readonly Entry[]): string {
  const main = entries.filter(({ sweep }) => sweep === null);
  const sweep = entries.filter((entry) => entry.sweep !== null);
  const cost = entries.find(({ dispatchMicroseconds }) => dispatchMicroseconds)?.dispatchMicroseconds;
  return `${[
    '# Engine bench',
    'Kelvin’s engine beside plain TensorFlow.js (its own operations, with the flat AdamW of `optimizer.ts`) and ' +
      'jax-js (the whole step in `jit`): same weights, same batch, steps taken in turn in one run. One step is ' +
      'forward, loss, backward, clipping by the global norm and AdamW. Times are medians with least and most; ' +
      '“× Kelvin” is an engine’s step over Kelvin’s in the same round. `npm run bench` writes this file, ' +
      '`engine.json` and `engine.svg`.',
    '![Sweep and ratios](engine.svg)',
    '## Targets',
    targetTable(targetsOf(entries)),
    ...main.map(entrySection),
    ...(cost
      ? [
          '## Beneath `runWebGPUProgram`',
          `One dispatch costs ${cost.runWebGPUProgram.toFixed(0)} µs of JavaScript through TensorFlow.js’s ` +
            `\`runWebGPUProgram\` and ${cost.ours.toFixed(1)} µs through \`src/reasoner/webgpu/gpu.ts\` (same kernel, ` +
            'Dawn’s null backend in Node). That is why our kernels are recorded beneath it, on the same device.',
        ]
      : []),
    ...sweepSections(sweep),
  ].join('\n\n')}\n`;
}

function entrySection(entry: Entry): string {
  const { adapter, shape, engines, parity, peakTflops, host, command } = entry;
  const share = peakTflops ? ['of peak'] : [];
  const rows = ENGINES.filter((name) => engines[name]).map((name) => {
    const figures = engines[name]!;
    return [
      ENGINE_LABELS[name],
      integer(figures.dispatches),
      integer(figures.submits),
      integer(figures.bindGroups),
      integer(figures.buffersCreated),
      figures.gpuBytes === null ? ABSENT : `${(figures.gpuBytes / 1e6).toFixed(0)} MB`,
      figures.cpuMs === null ? ABSENT : `${figures.cpuMs.toFixed(1)} ms`,
      spreadText(figures.stepMs, ' ms'),
      spreadText(figures.timesKelvin, '×'),
      figures.gflops === null ? ABSENT : brief(figures.gflops),
      ...(peakTflops
        ? [figures.gflops === null ? ABSENT : `${brief((figures.gflops / peakTflops) * 0.1)} %`]
        : []),
      figures.sampleTokensPerSecond === null ? ABSENT : brief(figures.sampleTokensPerSecond),
      figures.sampleDispatches === null ? ABSENT : figures.sampleDispatches.toFixed(1),
      figures.sampleReadBacks === null ? ABSENT : figures.sampleReadBacks.toFixed(3),
    ];
  });
  const losses = parity
    ? `The three losses of the first ${parity.steps} steps agree to ${parity.distance.toExponential(1)} relative.`
    : 'Nothing is computed here, so there are counts and CPU time only. Plain TensorFlow.js and jax-js do not fit ' +
      'this backend’s 512 MB with 64 sequences: their counts are the same for 4 and 8, their memory is carried on ' +
      'in a straight line from there, and their CPU time is that of 8 sequences, in their favour. So is the number ' +
      'of sequences that plain TensorFlow.js samples, 64 and not 256.';
  return [
    `## ${shape.name} shape, ${adapter.name}`,
    `${shapeText(shape)}. ${losses}`,
    table(
      [
        'engine',
        'dispatches',
        'submits',
        'bind groups',
        'buffers created',
        'GPU memory',
        'CPU',
        'step',
        '× Kelvin',
        'GFLOP/s',
        ...share,
        'sampled tokens/s',
        'dispatches per token and layer',
        'read-backs per token',
      ],
      rows,
    ),
    `\`${command}\` on ${host}.`,
  ].join('\n\n');
}

function sweepSections(entries: readonly Entry[]): string[] {
  const adapters = [...new Set(entries.map(({ adapter }) => adapter.name))];
  return adapters.flatMap((name) => [
    `## Sweep, ${name}`,
    table(
      ['shape', ...ENGINES.map((engine) => `${ENGINE_LABELS[engine]}, step`), '× tfjs', '× jax-js'],
      entries
        .filter(({ adapter }) => adapter.name === name)
        .map(({ shape, engines }) => [
          shapeText(shape),
          ...ENGINES.map((engine) => spreadText(engines[engine]?.stepMs ?? null, ' ms')),
          spreadText(engines.tfjs?.timesKelvin ?? null, '×'),
          spreadText(engines.jaxjs?.timesKelvin ?? null, '×'),
        ]),
    ),
  ]);
}
