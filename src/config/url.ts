/** A run's configuration as a URL query: preset, seed and whatever differs from the preset. */
import {
  type Config,
  changedKeys,
  HYPERPARAMETERS,
  type Problem,
  validateConfig,
} from './hyperparameters.ts';
import { DEFAULT_PRESET, isPresetName, PRESET_NAMES, type PresetName, presetConfig } from './presets.ts';

const KEY_BY_URL_KEY = new Map<string, string>(HYPERPARAMETERS.map(({ urlKey, key }) => [urlKey, key]));

/** Query text without `?`, e.g. `preset=demo&seed=7&kl-propose=0.2`. Preset and seed are always there. */
export function encodeQuery(preset: PresetName, config: Readonly<Config>): string {
  const query = new URLSearchParams({ preset, seed: String(config.seed) });
  const changed = new Set(changedKeys(config, presetConfig(preset)));
  for (const { key, urlKey } of HYPERPARAMETERS) {
    if (changed.has(key) && key !== 'seed') query.set(urlKey, String(config[key]));
  }
  return query.toString();
}

/**
 * Reads a query (with or without `?`). Never throws: unknown keys, wrong values and repeated keys become
 * problems, and the preset's value stands in their place. Keys in `ignored` belong to someone else.
 */
export function decodeQuery(
  query: string,
  ignored: readonly string[] = [],
): { preset: PresetName; config: Config; problems: Problem[] } {
  const parameters = new URLSearchParams(query);
  const problems: Problem[] = [];
  const asked = parameters.get('preset');
  const preset = asked !== null && isPresetName(asked) ? asked : DEFAULT_PRESET;
  if (asked !== null && asked !== preset) {
    const message = `There is no preset “${asked}” (there are ${PRESET_NAMES.join(', ')}); using ${preset}.`;
    problems.push({ key: 'preset', given: asked, message });
  }
  const given: Record<string, string> = Object.create(null);
  for (const [urlKey, text] of parameters) {
    if (urlKey === 'preset' || ignored.includes(urlKey)) continue;
    // An unknown key goes through as it is, so that the check names it as the reader wrote it.
    const key = KEY_BY_URL_KEY.get(urlKey) ?? urlKey;
    if (!KEY_BY_URL_KEY.has(urlKey)) {
      problems.push({ key, given: text, message: `There is no hyper-parameter “${urlKey}”.` });
    } else if (key in given) {
      problems.push({
        key,
        given: text,
        message: `${urlKey} is given twice; using the first, ${given[key]}.`,
      });
    } else given[key] = text;
  }
  const checked = validateConfig(given, presetConfig(preset));
  return { preset, config: checked.config, problems: [...problems, ...checked.problems] };
}
