import { ApiError } from '../connection/index.ts';
import styles from './admin.module.css';

/** Why a form was refused, above its fields. */
export function Failure({ error }: { error: unknown }) {
  if (!(error instanceof ApiError)) return null;
  return (
    <div className={styles.alert} role="alert">
      <strong>{error.message}</strong>
      {error.fix ? <div className={styles.detail}>{error.fix}</div> : null}
    </div>
  );
}
