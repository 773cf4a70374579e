import { INCIDENT_TRANSITIONS } from '@xunfang/geo-data/incidents';
import { useState } from 'react';
import { useFormat, useNow } from '../clock/index.ts';
import { useBilingual, useMessages } from '../i18n/index.ts';
import { useBureau, useHasRole } from '../session/index.ts';
import {
  Age,
  Button,
  DemonstrationTag,
  ErrorState,
  FigureRows,
  Panel,
  PanelSection,
  SkeletonRows,
  TextField,
  toast,
} from '../ui/index.ts';
import { useCategoryName } from './category-name.ts';
import { showIncident } from './incident-list.tsx';
import styles from './incidents.module.css';
import { incidentMessages } from './messages.ts';
import { useIncident, useTransition } from './open-incidents.ts';
import { PriorityMark } from './priority-mark.tsx';

/** One incident: its clocks, its history, and the legal next states for those who may move it on. */
export function IncidentDetail({ incidentId }: { incidentId: number }) {
  const t = useMessages(incidentMessages);
  const format = useFormat();
  const categoryName = useCategoryName();
  const bilingual = useBilingual();
  const bureau = useBureau();
  const mayMove = useHasRole('dispatcher', 'supervisor');
  const now = useNow();
  const { data, error, isPending, refetch } = useIncident(incidentId);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (isPending) return <SkeletonRows rows={8} />;
  const { incident, events } = data;
  return (
    <Panel
      title={
        <span className={styles.title}>
          <PriorityMark priority={incident.priority} /> {categoryName(incident.categoryId)}
        </span>
      }
      actions={bureau.demonstration ? <DemonstrationTag /> : null}
    >
      <PanelSection>
        <FigureRows
          rows={[
            {
              label: t('state'),
              value: (
                <>
                  {t(incident.state)} · <Age ms={now - Date.parse(incident.stateSince)} />
                </>
              ),
            },
            { label: t('priorityLabel'), value: t('priority', { priority: incident.priority }) },
            { label: t('address'), value: incident.address ?? t('noAddress') },
            { label: t('beat'), value: incident.beat ? bilingual(incident.beat) : t('noBeat') },
            { label: t('occurredAt'), value: format.instant(incident.occurredAt, 'dateSeconds') },
            { label: t('receivedAt'), value: format.instant(incident.receivedAt, 'dateSeconds') },
            { label: t('source'), value: `${incident.source} ${incident.sourceId}` },
            { label: t('place'), value: `${incident.lon.toFixed(5)}, ${incident.lat.toFixed(5)}` },
          ]}
        />
        <div className={styles.actions}>
          <Button icon="fit" onClick={() => showIncident(incident)}>
            {t('zoomTo')}
          </Button>
        </div>
      </PanelSection>
      {mayMove ? <NextStates key={incident.id} incidentId={incident.id} state={incident.state} /> : null}
      <PanelSection title={t('history')}>
        <ol className={styles.history}>
          {[...events].reverse().map((event, index) => (
            <li key={index}>
              <time>{format.instant(event.at, 'dateSeconds')}</time>
              <span>{t(event.state)}</span>
              <span className={styles.actor}>{event.actor}</span>
              {event.note ? <span className={styles.note}>{event.note}</span> : null}
            </li>
          ))}
        </ol>
      </PanelSection>
    </Panel>
  );
}

function NextStates({ incidentId, state }: { incidentId: number; state: keyof typeof INCIDENT_TRANSITIONS }) {
  const t = useMessages(incidentMessages);
  const [note, setNote] = useState('');
  const transition = useTransition(incidentId);
  const next = INCIDENT_TRANSITIONS[state];
  if (next.length === 0) return <PanelSection title={t('final')}>{null}</PanelSection>;
  return (
    <PanelSection>
      <TextField
        label={t('noteLabel')}
        hint={t('notes')}
        value={note}
        maxLength={500}
        onChange={(event) => setNote(event.target.value)}
      />
      <div className={styles.actions}>
        {next.map((to, index) => (
          <Button
            key={to}
            tone={index === 0 ? 'primary' : 'plain'}
            disabled={transition.isPending}
            onClick={() =>
              transition.mutate(note.trim() ? { to, note: note.trim() } : { to }, {
                onSuccess: () => setNote(''),
                onError: (error) => toast(error.message, { tone: 'error' }),
              })
            }
          >
            {t('moveTo', { state: t(to) })}
          </Button>
        ))}
      </div>
    </PanelSection>
  );
}
