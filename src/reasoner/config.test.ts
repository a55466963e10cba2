import { describe, expect, it } from 'vitest';
import { checkConfig, fromHuggingFaceConfig, parameterCount, SIZES, toHuggingFaceConfig } from './config.ts';
import configs from './fixtures/configs.json' with { type: 'json' };
import { parameterShapes } from './parameters.ts';

/** Shared with `bridge/tests/test_config.py`: the mirror reads and refuses the same files. */
interface Case {
  form: keyof typeof configs.forms;
  set?: Record<string, unknown>;
  without?: string[];
  says: string;
}

const leaveOut = (fields: object, names: readonly string[] = []) =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));

describe('configurations', () => {
  it.each(Object.entries(SIZES))(
    '%s travels as JSON in both forms, and counts its parameters',
    (_, config) => {
      checkConfig(config);
      const written = JSON.parse(JSON.stringify(toHuggingFaceConfig(config)));
      expect(fromHuggingFaceConfig(written)).toEqual(config);
      expect(fromHuggingFaceConfig(leaveOut(written, ['rope_theta', 'torch_dtype']))).toEqual(config);
      expect(fromHuggingFaceConfig(leaveOut(written, ['rope_parameters', 'dtype']))).toEqual(config);
      const counted = parameterShapes(config).reduce((sum, { size }) => sum + size, 0);
      expect(parameterCount(config)).toBe(counted);
    },
  );

  it.each(Object.entries(configs.forms))('%s writes what is read here', (_, fields) => {
    const read = { ...SIZES.pico, vocabularySize: 288, ropeTheta: 20000 };
    expect(fromHuggingFaceConfig(fields)).toEqual(read);
    const tied = fromHuggingFaceConfig({ ...fields, tie_word_embeddings: true });
    expect(tied).toEqual({ ...read, tiedHead: true });
  });

  it.each(configs.refused as Case[])('refuses with a reason: $says', ({ form, set, without, says }) => {
    const fields = leaveOut({ ...configs.forms[form], ...set }, without);
    expect(() => fromHuggingFaceConfig(fields)).toThrow(says);
  });

  it('refuses what no reasoner can be', () => {
    expect(() => fromHuggingFaceConfig(null)).toThrow('not a JSON object');
    expect(() => checkConfig({ ...SIZES.pico, heads: 3 })).toThrow(RangeError);
  });
});
