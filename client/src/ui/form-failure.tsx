import { ApiError } from '../connection/index.ts';
import styles from './field.module.css';

/** Why a form was refused, above its fields. */
export function FormFailure({ error }: { error: unknown }) {
  if (!(error instanceof ApiError)) return null;
  return (
    <div className={styles.failure} role="alert">
      <strong>{error.message}</strong>
      {error.fix ? <div className={styles.hint}>{error.fix}</div> : null}
    </div>
  );
}
