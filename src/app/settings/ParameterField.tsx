import { useId, useState } from 'react';
import type { Config, ConfigKey, Hyperparameter } from '../../config/hyperparameters.ts';
import { changeValue } from '../../run/session.ts';
import { usePage } from '../context.tsx';
import { Icon } from '../ui/Icon.tsx';

type Value = Config[ConfigKey];

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
  const isChanged = value !== presetValue;
  const before = String(presetValue);
  const change = (next: unknown) => setRefusal(changeValue(session, parameter.key, next)?.message ?? null);
  return (
    <div className="parameter" data-changed={isChanged}>
      <label className="parameter-label" htmlFor={id}>
        {parameter.label}
        {parameter.unit && <span className="parameter-unit"> {parameter.unit}</span>}
      </label>
      <span className="parameter-control">
        {isChanged && (
          <button
            type="button"
            className="info-button"
            aria-label={`Reset ${parameter.label} to ${before}`}
            title={`Back to ${before}`}
            onClick={() => change(presetValue)}
          >
            <Icon name="undo" size={13} />
          </button>
        )}
        <Control parameter={parameter} id={id} value={value} onChange={change} />
      </span>
      <p className="parameter-reason" id={`${id}-reason`}>
        {parameter.reason}
        {parameter.paperValue !== null && (
          <span className="parameter-paper"> Paper: {String(parameter.paperValue)}.</span>
        )}
      </p>
      {refusal && (
        <p className="parameter-refusal" role="alert">
          {refusal}
        </p>
      )}
    </div>
  );
}

function Control({
  parameter,
  id,
  value,
  onChange,
}: {
  parameter: Hyperparameter;
  id: string;
  value: Value;
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
            <option key={choice}>{choice}</option>
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
    const isSame = text === '' || Number(text) === value;
    if (draft !== null && !isSame) onChange(text);
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
