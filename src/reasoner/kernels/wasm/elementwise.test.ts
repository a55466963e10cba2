import fc from 'fast-check';
import { expect, it } from 'vitest';
import { roomBetweenGuards } from '../../../../test/reasoner/wasm.ts';
import { scaled } from '../../../../test/scale.ts';
import { Random } from '../../../random.ts';
import { Heap } from '../../wasm/heap.ts';

const heap = await Heap.open();
const runs = { numRuns: scaled(300, 50) };
const EPSILON = 1e-5;

const shapes = fc.record({
  n: fc.integer({ min: 0, max: 5 }),
  width: fc.integer({ min: 1, max: 37 }),
  seed: fc.nat(),
});

function numbers(random: Random, count: number, size = 1): Float32Array {
  return Float32Array.from({ length: count }, () => size * (2 * random.unit() - 1));
}

it('divides by the root of the mean square, and gives the gradients of that', () => {
  fc.assert(
    fc.property(shapes, ({ n, width, seed }) => {
      const random = new Random(seed);
      const [x, gain, dy] = [numbers(random, n * width), numbers(random, width), numbers(random, n * width)];
      const want = {
        y: new Float64Array(n * width),
        dx: new Float64Array(n * width),
        dGain: new Float64Array(width),
      };
      for (let t = 0; t < n; t++) {
        const row = x.subarray(t * width, (t + 1) * width);
        const scale = 1 / Math.sqrt(row.reduce((sum, v) => sum + v * v, 0) / width + EPSILON);
        const along = row.reduce((sum, v, i) => sum + v * gain[i]! * dy[t * width + i]!, 0) / width;
        for (const [i, v] of row.entries()) {
          const up = dy[t * width + i]!;
          want.y[t * width + i] = v * scale * gain[i]!;
          want.dx[t * width + i] = scale * (gain[i]! * up - v * scale * scale * along);
          want.dGain[i]! += up * v * scale;
        }
      }
      heap.scoped(() => {
        const [y, dx] = [roomBetweenGuards(heap, n * width), roomBetweenGuards(heap, n * width)];
        const [scales, dGain] = [roomBetweenGuards(heap, n), roomBetweenGuards(heap, width)];
        dGain.numbers().fill(0);
        const [from, by, up] = [heap.put(x), heap.put(gain), heap.put(dy)];
        heap.run.rmsNorm(from, by, y.at, scales.at, n, width, EPSILON);
        heap.run.rmsNormGradient(from, by, scales.at, up, dx.at, dGain.at, n, width);
        expect(largestRelative(y.numbers(), want.y)).toBeLessThan(2e-6);
        expect(largestRelative(dx.numbers(), want.dx)).toBeLessThan(1e-4);
        expect(largestRelative(dGain.numbers(), want.dGain)).toBeLessThan(2e-6);
        for (const room of [y, dx, scales, dGain]) room.expectGuards();
      });
    }),
    runs,
  );
});

it('is SiLU(gate) · up, and its gradient, also where the exponential ends', () => {
  fc.assert(
    fc.property(shapes, ({ n, width, seed }) => {
      const random = new Random(seed);
      const [gateUp, dy] = [numbers(random, 2 * n * width, 6), numbers(random, n * width)];
      if (n > 0) gateUp[0] = random.pick([-200, -88, -87, 0, 87, 88, 200]);
      const [y, dx] = [new Float64Array(n * width), new Float64Array(2 * n * width)];
      for (let i = 0; i < n * width; i++) {
        const at = 2 * width * Math.floor(i / width) + (i % width);
        const [gate, up] = [gateUp[at]!, gateUp[at + width]!];
        const sigmoid = 1 / (1 + Math.exp(-gate));
        y[i] = gate * sigmoid * up;
        dx[at] = dy[i]! * up * sigmoid * (1 + gate * (1 - sigmoid));
        dx[at + width] = dy[i]! * gate * sigmoid;
      }
      heap.scoped(() => {
        const out = roomBetweenGuards(heap, n * width);
        const gradient = roomBetweenGuards(heap, 2 * n * width);
        const from = heap.put(gateUp);
        heap.run.swiglu(from, out.at, n, width);
        heap.run.swigluGradient(from, heap.put(dy), gradient.at, n, width);
        expect(largestRelative(out.numbers(), y)).toBeLessThan(2e-6);
        expect(largestRelative(gradient.numbers(), dx)).toBeLessThan(2e-6);
        for (const room of [out, gradient]) room.expectGuards();
      });
    }),
    runs,
  );
});

it('has its exponential right to six digits, to the ends of single precision', () => {
  const gates = Float32Array.from({ length: 20_000 }, (_, i) => -90 + (180 * i) / 20_000);
  heap.scoped(() => {
    const rows = heap.put(Float32Array.from([...gates].flatMap((gate) => [gate, 1])));
    const out = heap.room(gates.length);
    heap.run.swiglu(rows, out, gates.length, 1);
    for (const [i, value] of heap.floats(out, gates.length).entries()) {
      const gate = gates[i]!;
      const want = gate / (1 + Math.exp(-gate));
      if (gate < -88) expect(Math.abs(value)).toBeLessThan(1e-35);
      else if (gate !== 0) expect(Math.abs(value / want - 1)).toBeLessThan(4e-7);
    }
  });
});

function largestRelative(got: Float32Array, want: Float64Array): number {
  return got.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - want[i]!) / (1 + Math.abs(want[i]!))),
    0,
  );
}
