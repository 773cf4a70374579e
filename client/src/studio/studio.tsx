import type { PlanSummary } from '@xunfang/geo-data/contract';
import type { MultiPolygon, Polygon } from 'geojson';
import { useEffect, useState } from 'react';
import { beatMessages, draftCodec, useOpenDraft, usePlanFeed } from '../beats/index.ts';
import { useMessages } from '../i18n/index.ts';
import { mapCamera } from '../map/index.ts';
import { useBureau, useHasRole, useSession as useSignedIn } from '../session/index.ts';
import {
  Button,
  EmptyState,
  ErrorState,
  Panel,
  Segmented,
  SkeletonRows,
  Tag,
  useUrlFilter,
  useUrlState,
} from '../ui/index.ts';
import { SwipeHandle } from './compare/swipe-handle.tsx';
import { StudioOnMap } from './map/studio-on-map.tsx';
import { studioMessages } from './messages.ts';
import { reviewMessages } from './messages-review.ts';
import { openStudio } from './open-studio.ts';
import { AreaList } from './panels/area-list.tsx';
import { BeatEditor } from './panels/beat-editor.tsx';
import { ConflictNotices } from './panels/conflict-notices.tsx';
import palette from './panels/palette.module.css';
import styles from './panels/panels.module.css';
import { ScorePanel } from './panels/score-panel.tsx';
import { StatusBar } from './panels/status-bar.tsx';
import { ToolPalette } from './panels/tool-palette.tsx';
import { WeightsSection } from './panels/weights-section.tsx';
import { DraftTitle } from './review/draft-title.tsx';
import { ProposeFooter, ProposeTab } from './propose/propose-tab.tsx';
import { CommentDialog, CommentsSection } from './review/comments-section.tsx';
import { CommentsOnMap } from './review/comments-on-map.tsx';
import { LifecycleSection, SubmitButton } from './review/lifecycle-section.tsx';
import { SoftChecks } from './review/soft-checks.tsx';
import { usePlanSummary } from './review/lifecycle-queries.ts';
import { reopenStudio, useReopened, useStudio } from './studio-store.ts';
import { ComparePane } from './simulate/compare-pane.tsx';
import { useStudioKeys } from './use-studio-keys.ts';
import type { StudioSession } from './studio-session.ts';

/** Holds the draft of the address open for as long as it is mounted; renders the map's part. */
export function StudioLayers() {
  usePlanFeed();
  const [draftId] = useUrlFilter('draft', draftCodec);
  const bureau = useBureau();
  const { account } = useSignedIn();
  const { username } = account;
  const reopened = useReopened((state) => state.times);
  useEffect(
    () =>
      openStudio({
        draftId,
        bureau: bureau.id,
        boundary: bureau.boundary as unknown as Polygon | MultiPolygon,
        account: username,
      }),
    // Opened anew at somebody's wish.
    [draftId, bureau.id, bureau.boundary, username, reopened],
  );
  const session = useStudio((state) => state.session);
  const { editable } = useStanding(draftId);
  if (!session) return null;
  return (
    <>
      <StudioOnMap session={session} editable={editable} />
      <CommentsOnMap session={session} />
    </>
  );
}

export function StudioOverlay() {
  const session = useStudio((state) => state.session);
  return session ? <OpenOverlay session={session} /> : null;
}

function OpenOverlay({ session }: { session: StudioSession }) {
  const { editable } = useStanding(session.draft.plan.id);
  useStudioKeys(session, editable);
  return (
    <>
      <div className={palette.overlay}>
        <ToolPalette session={session} editable={editable} />
        <StatusBar editable={editable} />
        <ConflictNotices session={session} />
      </div>
      <SwipeHandle />
      <CommentDialog session={session} />
    </>
  );
}

type Tab = 'edit' | 'weights' | 'propose' | 'compare' | 'review';

export function StudioLeft() {
  const t = useMessages(studioMessages);
  const review = useMessages(reviewMessages);
  const states = useMessages(beatMessages);
  const [draftId] = useUrlFilter('draft', draftCodec);
  const openDraft = useOpenDraft();
  const status = useStudio((state) => state.status);
  const error = useStudio((state) => state.error);
  const session = useStudio((state) => state.session);
  const { plan, editable } = useStanding(draftId);
  const [chosenTab, setTab] = useState<Tab | null>(null);
  // Who may not edit any more comes to review.
  const tab = chosenTab ?? (plan === null || plan.state === 'draft' ? 'edit' : 'review');
  const leave = (
    <Button small icon="chevronLeft" onClick={() => openDraft(0)}>
      {t('backToPlan')}
    </Button>
  );
  if (status === 'failed')
    return (
      <Panel title={t('notFound')} actions={leave}>
        <ErrorState error={error} onRetry={reopenStudio} />
      </Panel>
    );
  if (!session || !plan)
    return (
      <Panel title={t('opening')} actions={leave}>
        <SkeletonRows />
      </Panel>
    );
  return (
    <Panel
      title={editable ? <DraftTitle plan={plan} /> : plan.name}
      count={<Tag dashed={plan.state !== 'published'}>{states(plan.state)}</Tag>}
      actions={leave}
      footer={
        editable && tab === 'propose' ? (
          <ProposeFooter session={session} />
        ) : editable && tab !== 'review' ? (
          <div className={styles.form}>
            <SubmitButton session={session} plan={plan} onSoftChecks={() => setTab('review')} />
          </div>
        ) : undefined
      }
    >
      <div className={styles.tabs}>
        <Segmented
          label={t('studio')}
          value={tab}
          options={[
            { value: 'edit', label: review('tabEdit') },
            { value: 'weights', label: review('tabWeights') },
            // A search begins from what may be edited.
            ...(editable ? [{ value: 'propose' as const, label: review('tabPropose') }] : []),
            { value: 'compare', label: review('tabCompare') },
            { value: 'review', label: review('tabReview') },
          ]}
          onChange={setTab}
        />
      </div>
      {tab === 'edit' ? (
        <>
          <BeatEditor session={session} editable={editable} />
          <AreaList session={session} editable={editable} />
        </>
      ) : null}
      {tab === 'weights' ? <WeightsSection session={session} /> : null}
      {tab === 'propose' && editable ? <ProposeTab session={session} /> : null}
      {tab === 'compare' ? <ComparePane session={session} /> : null}
      {tab === 'review' ? (
        <>
          <LifecycleSection session={session} plan={plan} />
          {isAhead(plan) ? <SoftChecks session={session} /> : null}
          <CommentsSection session={session} />
        </>
      ) : null}
    </Panel>
  );
}

export function StudioRight() {
  const t = useMessages(studioMessages);
  const session = useStudio((state) => state.session);
  const failed = useStudio((state) => state.status === 'failed');
  const { bounds } = useBureau();
  useEffect(() => {
    // Opened here, not restored with its view: both panels stand in the next frame but one, then the rest of the map is known.
    if (useUrlState.getState().view !== null) return;
    requestAnimationFrame(() => requestAnimationFrame(() => mapCamera.fitBounds(bounds)));
  }, [bounds]);
  const { editable } = useStanding(session?.draft.plan.id ?? 0);
  if (failed) return <EmptyState title={t('notFound')} />;
  return session ? <ScorePanel session={session} editable={editable} /> : <SkeletonRows />;
}

/** It may still come into force: what it would change is of interest. */
const isAhead = ({ state }: PlanSummary) => state === 'draft' || state === 'submitted' || state === 'approved';

/** Where the plan stands, and whether it may still be edited by this person. */
function useStanding(planId: number): { plan: PlanSummary | null; editable: boolean } {
  const plan = usePlanSummary(planId);
  const mayEdit = useHasRole('supervisor', 'admin');
  return { plan, editable: mayEdit && plan?.state === 'draft' };
}
