import { useState } from 'react';
import { useMessages } from '../i18n/index.ts';
import { useHasRole } from '../session/index.ts';
import { PurposeDialog, useStatedPurpose } from '../track-purpose/index.ts';
import { Button, ErrorState, PanelSection, Segmented } from '../ui/index.ts';
import { unitMessages } from './messages.ts';
import { setTrailMinutes, showTrail, TRAIL_MINUTES, useTrailShown } from './trail-shown.ts';
import styles from './units.module.css';
import { useTrail } from './use-trail.ts';

/** Where the selected unit has been. The last minutes belong to the live picture; further back the purpose is asked for. */
export function TrailSection({ unitId, callSign }: { unitId: number; callSign: string }) {
  const t = useMessages(unitMessages);
  const mayRead = useHasRole('dispatcher', 'supervisor', 'admin');
  const { shown, minutes: wanted } = useTrailShown();
  const trail = useTrail(unitId);
  const stated = useStatedPurpose(unitId);
  const [asking, setAsking] = useState(false);
  if (!mayRead) return null;
  const choose = (minutes: number) => {
    setTrailMinutes(minutes);
    if (minutes > trail.liveMinutes && stated === null) setAsking(true);
  };
  return (
    <PanelSection title={t('trailTitle')}>
      <div className={styles.actions}>
        <Button icon="clock" aria-pressed={shown} onClick={() => showTrail(!shown)}>
          {shown ? t('trailHide') : t('trailShow')}
        </Button>
        {shown ? (
          <Segmented
            label={t('trailLength')}
            value={trail.minutes}
            options={TRAIL_MINUTES.map((value) => ({
              value,
              label: value < 60 ? t('minutesShort', { count: value }) : t('hoursShort', { count: value / 60 }),
            }))}
            onChange={choose}
          />
        ) : null}
      </div>
      {shown && trail.error ? <ErrorState error={trail.error} onRetry={() => void trail.refetch()} /> : null}
      <p className={styles.note}>
        {shown && trail.minutes > 0 ? t('trail', { minutes: trail.minutes }) : t('trailLogged')}
        {shown && trail.data?.points.length === 0 ? ` · ${t('trailEmpty')}` : ''}
        {shown && trail.data && trail.data.points.length > 1 ? ` · ${t('trailHint')}` : ''}
      </p>
      {shown && trail.isLimited && !asking ? (
        <p className={styles.note}>
          {t('trailLimited', { minutes: wanted })}{' '}
          <Button small onClick={() => setAsking(true)}>
            {t('trailState')}
          </Button>
        </p>
      ) : null}
      {asking ? (
        <PurposeDialog
          subject={unitId}
          name={callSign}
          onClose={() => setAsking(false)}
          onStated={() => setAsking(false)}
        />
      ) : null}
    </PanelSection>
  );
}
