import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ODD_CONFIG } from '../../test/reasoner/weights.ts';
import { fromHuggingFace, toHuggingFace } from './checkpoint.ts';
import { initialValues, parameterShapes } from './parameters.ts';
import { fromHalf, readSafetensors, toHalf, writeSafetensors } from './safetensors.ts';

describe('safetensors', () => {
  const tensors = new Map([
    ['b', { shape: [2, 3], values: Float32Array.of(1, -2.5, 3, 0, 1e-6, -7) }],
    ['a', { shape: [1], values: Float32Array.of(0.1) }],
  ]);

  it('reads what it wrote', () => {
    const bytes = writeSafetensors(tensors, { metadata: { format: 'pt', note: 'é' } });
    const file = readSafetensors(bytes);
    expect([...file.tensors]).toEqual([...tensors]);
    expect(file.metadata).toEqual({ format: 'pt', note: 'é' });
    expect(Number(new DataView(bytes.buffer).getBigUint64(0, true)) % 8).toBe(0);
  });

  it('writes halves', () => {
    const bytes = writeSafetensors(tensors, { dtype: 'F16' });
    expect(readSafetensors(bytes).tensors.get('b')?.values[1]).toBe(-2.5);
    expect(readSafetensors(bytes).tensors.get('a')?.values[0]).toBeCloseTo(0.1, 4);
  });

  it('names what is wrong', () => {
    const bytes = writeSafetensors(tensors);
    expect(() => readSafetensors(bytes.slice(0, 5))).toThrow('has no header');
    expect(() => readSafetensors(bytes.slice(0, 20))).toThrow('truncated inside its header');
    expect(() => readSafetensors(bytes.slice(0, -4))).toThrow('truncated inside the tensor a');
    expect(() => readSafetensors(new TextEncoder().encode('<!doctype html><html>'))).toThrow(
      'not a safetensors',
    );
    const text = new TextDecoder('latin1').decode(bytes).replace('F32', 'I64');
    const other = Uint8Array.from(text, (character) => character.charCodeAt(0));
    expect(() => readSafetensors(other)).toThrow('I64');
  });

  it('rounds every half to itself', () => {
    for (let bits = 0; bits < 65536; bits++) {
      const value = fromHalf(bits);
      if (Number.isNaN(value)) expect(Number.isNaN(fromHalf(toHalf(value)))).toBe(true);
      else expect(toHalf(value)).toBe(bits);
    }
  });

  it('rounds other numbers to the nearest half', () => {
    fc.assert(
      fc.property(fc.double({ min: -60000, max: 60000, noNaN: true }), (x) => {
        const value = Math.fround(x);
        const bits = toHalf(value);
        const error = Math.abs(fromHalf(bits) - value);
        for (const near of [bits - 1, bits + 1]) {
          const other = fromHalf(near & 0xffff);
          if (Number.isFinite(other)) expect(error).toBeLessThanOrEqual(Math.abs(other - value));
        }
      }),
    );
  });
});

describe('the Hugging Face layout', () => {
  it.each([ODD_CONFIG, { ...ODD_CONFIG, tiedHead: true }])('round-trips the weights', (config) => {
    const values = initialValues(config, 4);
    const tensors = toHuggingFace(config, values);
    expect(fromHuggingFace(config, tensors)).toEqual(values);
    expect(tensors.has('lm_head.weight')).toBe(!config.tiedHead);
  });

  it('puts outputs first', () => {
    const tensors = toHuggingFace(ODD_CONFIG, initialValues(ODD_CONFIG, 4));
    expect(tensors.get('model.layers.1.mlp.gate_proj.weight')?.shape).toEqual([29, 18]);
    expect(tensors.get('model.layers.0.mlp.down_proj.weight')?.shape).toEqual([18, 29]);
    const values = initialValues(ODD_CONFIG, 4);
    const at = parameterShapes(ODD_CONFIG).findIndex(({ name }) => name === 'blocks.0.qkv');
    // Input 5 to output 7 of the keys.
    const inside = values[at]?.[5 * 3 * 18 + 18 + 7];
    expect(tensors.get('model.layers.0.self_attn.k_proj.weight')?.values[7 * 18 + 5]).toBe(inside);
  });

  it('refuses wrong shapes and names', () => {
    const tensors = toHuggingFace(ODD_CONFIG, initialValues(ODD_CONFIG, 4));
    expect(() => fromHuggingFace({ ...ODD_CONFIG, feedForward: 30 }, tensors)).toThrow(
      'mlp.gate_proj.weight has shape [29,18], but this reasoner needs [30,18]',
    );
    expect(() => fromHuggingFace({ ...ODD_CONFIG, layers: 1 }, tensors)).toThrow('does not');
    expect(() => fromHuggingFace({ ...ODD_CONFIG, layers: 3 }, tensors)).toThrow('lacks the tensor');
  });

  it('says when the configuration and the checkpoint differ on whether the head is tied', () => {
    const tied = { ...ODD_CONFIG, tiedHead: true };
    const own = toHuggingFace(ODD_CONFIG, initialValues(ODD_CONFIG, 4));
    const shared = toHuggingFace(tied, initialValues(tied, 4));
    expect(() => fromHuggingFace(tied, own)).toThrow('has a head of its own, lm_head.weight');
    expect(() => fromHuggingFace(ODD_CONFIG, shared)).toThrow(
      'lacks the tensor lm_head.weight: its head is tied',
    );
  });
});
