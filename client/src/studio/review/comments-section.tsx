import type { PlanComment } from '@xunfang/geo-data/contract';
import { useState } from 'react';
import { useFormat } from '../../clock/index.ts';
import { useBilingual, useMessages } from '../../i18n/index.ts';
import { mapCamera } from '../../map/index.ts';
import {
  Button,
  Dialog,
  DialogForm,
  ErrorState,
  PanelSection,
  SelectField,
  SkeletonRows,
  Tag,
  TextAreaField,
} from '../../ui/index.ts';
import { reviewMessages } from '../messages-review.ts';
import styles from '../panels/panels.module.css';
import { showBeat } from '../show-on-map.ts';
import type { StudioSession } from '../studio-session.ts';
import { useStudio } from '../studio-store.ts';
import { useAddComment, useComments, useResolveComment } from './lifecycle-queries.ts';
import { useReview } from './review-store.ts';

/** What was said about the plan, each at its place. */
export function CommentsSection({ session }: { session: StudioSession }) {
  const t = useMessages(reviewMessages);
  const { data, error, refetch } = useComments(session.draft.plan.id);
  return (
    <PanelSection
      title={data ? `${t('comments')} (${data.filter(({ resolvedAt }) => resolvedAt === null).length})` : t('comments')}
      actions={
        <Button small icon="comment" onClick={() => useStudio.setState({ tool: 'comment' })}>
          {t('send')}
        </Button>
      }
    >
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data === undefined && !error ? <SkeletonRows rows={2} /> : null}
      {data?.length === 0 ? <span className={styles.note}>{t('noComments')}</span> : null}
      <ul className={styles.problems}>
        {data?.map((comment) => (
          <CommentLine key={comment.id} session={session} comment={comment} />
        ))}
      </ul>
    </PanelSection>
  );
}

function CommentLine({ session, comment }: { session: StudioSession; comment: PlanComment }) {
  const t = useMessages(reviewMessages);
  const format = useFormat();
  const bilingual = useBilingual();
  const beats = useStudio((state) => state.beats);
  const resolve = useResolveComment(session.draft.plan.id);
  const { anchor } = comment;
  const about =
    anchor.kind === 'beat' && beats[anchor.beat]
      ? bilingual(beats[anchor.beat].name)
      : anchor.kind === 'plan'
        ? t('commentPlan')
        : null;
  const show = () => {
    if (anchor.kind === 'place') mapCamera.flyTo({ lon: anchor.lon, lat: anchor.lat });
    if (anchor.kind === 'beat') showBeat(session, anchor.beat);
  };
  return (
    <li className={styles.comment} data-resolved={comment.resolvedAt !== null}>
      <span className={styles.note}>
        {comment.author} · {format.instant(comment.at)} {about ? <Tag>{about}</Tag> : null}
      </span>
      <span>{comment.text}</span>
      <div className={styles.actions}>
        {anchor.kind === 'plan' ? null : (
          <Button small onClick={show}>
            {t('showComment')}
          </Button>
        )}
        {comment.resolvedBy ? (
          <span className={styles.note}>{t('resolvedBy', { name: comment.resolvedBy })}</span>
        ) : (
          <Button small icon="check" disabled={resolve.isPending} onClick={() => resolve.mutate(comment.id)}>
            {t('resolve')}
          </Button>
        )}
      </div>
    </li>
  );
}

/** Opens where the comment tool was clicked. */
export function CommentDialog({ session }: { session: StudioSession }) {
  const t = useMessages(reviewMessages);
  const bilingual = useBilingual();
  const at = useReview((state) => state.commentAt);
  const beats = useStudio((state) => state.beats);
  const add = useAddComment(session.draft.plan.id);
  const [text, setText] = useState('');
  const [kind, setKind] = useState<'place' | 'beat' | 'plan'>('place');
  if (!at) return null;
  const close = () => {
    useReview.setState({ commentAt: null });
    setText('');
    setKind('place');
    add.reset();
  };
  const anchor: PlanComment['anchor'] =
    kind === 'beat' && at.beat !== null
      ? { kind: 'beat', beat: at.beat }
      : kind === 'plan'
        ? { kind: 'plan' }
        : { kind: 'place', lon: at.lon, lat: at.lat };
  return (
    <Dialog title={t('comments')} onClose={close}>
      <DialogForm
        onSubmit={() => add.mutate({ text: text.trim(), anchor }, { onSuccess: close })}
        onCancel={close}
        busy={add.isPending || text.trim() === ''}
        submitLabel={t('send')}
      >
        <SelectField label={t('anchor')} value={kind} onChange={(event) => setKind(event.target.value as typeof kind)}>
          <option value="place">{t('commentPlace')}</option>
          {at.beat === null || !beats[at.beat] ? null : (
            <option value="beat">{t('commentBeat', { name: bilingual(beats[at.beat].name) })}</option>
          )}
          <option value="plan">{t('commentPlan')}</option>
        </SelectField>
        <TextAreaField
          label={t('commentText')}
          rows={4}
          maxLength={2000}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {add.error ? <ErrorState error={add.error} /> : null}
      </DialogForm>
    </Dialog>
  );
}
