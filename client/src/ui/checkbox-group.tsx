import type { ReactNode } from 'react';
import styles from './field.module.css';

interface CheckboxGroupProps<Value extends string | number> {
  label: ReactNode;
  options: readonly { value: Value; label: ReactNode }[];
  values: readonly Value[];
  onChange: (values: Value[]) => void;
  error?: ReactNode;
}

/** Any number of a few. Chosen values keep the order of the options. */
export function CheckboxGroup<Value extends string | number>(props: CheckboxGroupProps<Value>) {
  const { label, options, values, onChange, error } = props;
  const toggle = (value: Value, checked: boolean) =>
    onChange(
      options.map((option) => option.value).filter((option) => (option === value ? checked : values.includes(option))),
    );
  return (
    <fieldset className={styles.checkboxes}>
      <legend className={styles.label}>{label}</legend>
      {options.map((option) => (
        <label key={option.value} className={styles.checkbox}>
          <input
            type="checkbox"
            checked={values.includes(option.value)}
            onChange={(event) => toggle(option.value, event.target.checked)}
          />
          {option.label}
        </label>
      ))}
      {error ? (
        <span className={styles.error} role="alert">
          {error}
        </span>
      ) : null}
    </fieldset>
  );
}
