/** A run's configuration as a URL query: preset, seed and whatever differs from the preset. */
import {
  type Config,
  changedKeys,
  HYPERPARAMETERS,
  KEY_BY_URL_KEY,
  type Problem,
  validateConfig,
} from './hyperparameters.ts';
import { nearestName } from './nearest.ts';
import { DEFAULT_PRESET, isPresetName, PRESET_NAMES, type PresetName, presetConfig } from './presets.ts';
import { isRetired, retiredSentence } from './retired.ts';

/** Query text without `?`, e.g. `preset=demo&seed=7&kl-propose=0.2`. Preset and seed are always there. */
export function encodeQuery(preset: PresetName, config: Readonly<Config>): string {
  const query = new URLSearchParams({ preset, seed: String(config.seed) });
  const changed = new Set(changedKeys(config, presetConfig(preset)));
  for (const { key, urlKey } of HYPERPARAMETERS) {
    if (changed.has(key) && key !== 'seed') query.set(urlKey, String(config[key]));
  }
  return query.toString();
}

/** What a query asks for, and what is to be said of it. */
export interface DecodedQuery {
  preset: PresetName;
  config: Config;
  /** Wrong values, repeated keys, and keys that look like a mistyped one of ours. */
  problems: Problem[];
  /** One sentence about switches that Kelvin had once, all of them together; empty for none. */
  retired: string;
}

/**
 * Reads a query (with or without `?`). Never throws: what is wrong becomes a problem, and the preset's value stands
 * in its place. Keys in `others` are the page's own and belong to someone else. Any other key is a stranger's, as a
 * mail program or a search engine adds them, unless it looks like a mistyped one of ours.
 */
export function decodeQuery(query: string, others: readonly string[] = []): DecodedQuery {
  const parameters = new URLSearchParams(query);
  const problems: Problem[] = [];
  const asked = parameters.get('preset');
  const preset = asked !== null && isPresetName(asked) ? asked : DEFAULT_PRESET;
  if (asked !== null && asked !== preset) {
    const message = `There is no preset “${asked}” (there are ${PRESET_NAMES.join(', ')}); using ${preset}.`;
    problems.push({ key: 'preset', given: asked, message });
  }
  const known = ['preset', ...others, ...KEY_BY_URL_KEY.keys()];
  const given: Record<string, string> = Object.create(null);
  for (const [urlKey, text] of parameters) {
    if (urlKey === 'preset' || others.includes(urlKey)) continue;
    const key = KEY_BY_URL_KEY.get(urlKey);
    if (key === undefined) {
      const nearest = isRetired(urlKey) ? null : nearestName(urlKey, known);
      if (nearest === null) continue;
      const message = `There is no hyper-parameter “${urlKey}”; did you mean “${nearest}”?`;
      problems.push({ key: urlKey, given: text, message });
    } else if (key in given) {
      const message = `${urlKey} is given twice; using the first, ${given[key]}.`;
      problems.push({ key, given: text, message });
    } else given[key] = text;
  }
  const checked = validateConfig(given, presetConfig(preset));
  return {
    preset,
    config: checked.config,
    problems: [...problems, ...checked.problems],
    retired: retiredSentence([...parameters.keys()].filter((key) => !KEY_BY_URL_KEY.has(key))),
  };
}
