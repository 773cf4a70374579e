import type { PlanSummary } from '@xunfang/geo-data/contract';
import { type KeyboardEvent, useState } from 'react';
import { useMessages } from '../../i18n/index.ts';
import { IconButton, toast } from '../../ui/index.ts';
import { reviewMessages } from '../messages-review.ts';
import styles from './draft-title.module.css';
import { useLifecycleStep } from './lifecycle-queries.ts';

const MOST_LETTERS = 80;

/** The draft's name where it stands: changed in place, kept by Enter or by leaving it, dropped by Escape. */
export function DraftTitle({ plan }: { plan: PlanSummary }) {
  const t = useMessages(reviewMessages);
  const [text, setText] = useState<string | null>(null);
  const rename = useLifecycleStep(plan.id);
  if (text === null)
    return (
      <span className={styles.title}>
        <span className={styles.name} title={plan.name}>
          {plan.name}
        </span>
        <IconButton small icon="pencil" label={t('rename')} onClick={() => setText(plan.name)} />
      </span>
    );
  const keep = () => {
    const name = text.trim();
    if (name === '' || name === plan.name) return setText(null);
    if (rename.isPending) return;
    rename.mutate(
      { kind: 'rename', name },
      {
        onSuccess: (renamed) => {
          setText(null);
          toast(t('renamed', { name: renamed.name }), { tone: 'done' });
        },
        // The text stays, to be tried again.
        onError: (error) => toast(error.message, { tone: 'error' }),
      },
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // The studio's own keys are not for here.
    event.stopPropagation();
    if (event.key === 'Enter') keep();
    else if (event.key === 'Escape') setText(null);
  };
  return (
    <input
      className={styles.input}
      aria-label={t('rename')}
      value={text}
      maxLength={MOST_LETTERS}
      disabled={rename.isPending}
      // Asked for by a press on the pencil.
      ref={(input) => {
        if (input && document.activeElement !== input) input.select();
      }}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={keep}
    />
  );
}
