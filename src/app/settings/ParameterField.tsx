import { useId, useState } from 'react';
import {
  type Config,
  type ConfigKey,
  type Hyperparameter,
  whyImpossible,
} from '../../config/hyperparameters.ts';
import { changeValue } from '../../run/session.ts';
import { again, t } from '../../words/words.ts';
import { usePage, useSession } from '../context.tsx';
import { Icon } from '../ui/Icon.tsx';

type Value = Config[ConfigKey];

/** A value as the reader knows it. */
function worded(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? t('true') : t('false');
  return typeof value === 'number' ? String(value) : again(value);
}

/** One hyper-parameter: control, unit, reason, the paper's value, and the way back to the preset's value. */
export function ParameterField({
  parameter,
  value,
  presetValue,
}: {
  parameter: Hyperparameter;
  value: Value;
  presetValue: Value;
}) {
  const { session } = usePage();
  const id = useId();
  const [refusal, setRefusal] = useState<string | null>(null);
  const config = useSession((state) => state.config);
  const impossible =
    parameter.kind === 'choice'
      ? parameter.choices.flatMap((choice) => {
          // A table's entry has the type of all choices; this one is of its own.
          const why = whyImpossible(config, parameter.key, choice as Value);
          return why === null ? [] : [{ choice, why }];
        })
      : [];
  const isChanged = value !== presetValue;
  const label = again(parameter.label);
  const before = worded(presetValue);
  const change = (next: unknown) => setRefusal(changeValue(session, parameter.key, next)?.message ?? null);
  return (
    <div className="parameter" data-changed={isChanged}>
      <label className="parameter-label" htmlFor={id}>
        {label}
        {parameter.unit && <span className="parameter-unit"> {again(parameter.unit)}</span>}
      </label>
      <span className="parameter-control">
        {isChanged && (
          <button
            type="button"
            className="info-button"
            aria-label={t('Reset {label} to {before}', { label, before })}
            title={t('Back to {before}', { before })}
            onClick={() => change(presetValue)}
          >
            <Icon name="undo" size={13} />
          </button>
        )}
        <Control
          parameter={parameter}
          id={id}
          value={value}
          impossible={impossible.map(({ choice }) => choice)}
          onChange={change}
        />
      </span>
      <p className="parameter-reason" id={`${id}-reason`}>
        {again(parameter.reason)}
        {parameter.paperValue !== null && (
          <span className="parameter-paper">
            {' '}
            {t('Paper: {value}.', { value: worded(parameter.paperValue) })}
          </span>
        )}
        {impossible[0] && (
          <span className="parameter-paper">
            {' '}
            {t('Not beside the other values: {choices}.', {
              choices: impossible.map(({ choice }) => t('“{choice}”', { choice: worded(choice) })).join(', '),
            })}{' '}
            {again(impossible[0].why)}
          </span>
        )}
      </p>
      {refusal && (
        <p className="parameter-refusal" role="alert">
          {again(refusal)}
        </p>
      )}
    </div>
  );
}

function Control({
  parameter,
  id,
  value,
  impossible,
  onChange,
}: {
  parameter: Hyperparameter;
  id: string;
  value: Value;
  /** Choices that the other values leave no room for. */
  impossible: readonly (string | number)[];
  onChange: (value: unknown) => void;
}) {
  const described = { id, 'aria-describedby': `${id}-reason` };
  switch (parameter.kind) {
    case 'boolean':
      return (
        <input
          {...described}
          type="checkbox"
          checked={value === true}
          onChange={(change) => onChange(change.target.checked)}
        />
      );
    case 'choice':
      return (
        <select {...described} value={String(value)} onChange={(change) => onChange(change.target.value)}>
          {parameter.choices.map((choice) => (
            <option key={choice} value={String(choice)} disabled={impossible.includes(choice)}>
              {worded(choice)}
            </option>
          ))}
        </select>
      );
    case 'integer':
    case 'number':
      return <NumberControl described={described} value={value} onChange={onChange} />;
  }
}

/** Takes what is typed when the reader is done with it, so that “0.0” on the way to “0.05” is no error. */
function NumberControl({
  described,
  value,
  onChange,
}: {
  described: { id: string; 'aria-describedby': string };
  value: Value;
  onChange: (value: unknown) => void;
}) {
  const [draft, setDraft] = useState<string | null>(null);
  const commit = () => {
    const text = draft?.trim() ?? '';
    // The old value again is taken, too: it answers a refusal.
    if (draft !== null && text !== '') onChange(text);
    setDraft(null);
  };
  return (
    <input
      {...described}
      type="text"
      inputMode="decimal"
      autoComplete="off"
      value={draft ?? String(value)}
      onChange={(change) => setDraft(change.target.value)}
      onBlur={commit}
      onKeyDown={(press) => {
        if (press.key === 'Enter') commit();
      }}
    />
  );
}
