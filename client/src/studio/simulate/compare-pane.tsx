import { useState } from 'react';
import { useMessages } from '../../i18n/index.ts';
import { PanelSection, Segmented } from '../../ui/index.ts';
import { CompareTab } from '../compare/compare-tab.tsx';
import type { StudioSession } from '../studio-session.ts';
import { simulateMessages } from './messages.ts';
import { SimulationPane } from './simulation-pane.tsx';

/** Two ways to set a plan against another: what changes for whom, and what past incidents would have met. */
export function ComparePane({ session }: { session: StudioSession }) {
  const t = useMessages(simulateMessages);
  const [view, setView] = useState<'differences' | 'proof'>('differences');
  return (
    <>
      <PanelSection>
        <Segmented
          label={t('view')}
          value={view}
          options={[
            { value: 'differences', label: t('differences') },
            { value: 'proof', label: t('proof') },
          ]}
          onChange={setView}
        />
      </PanelSection>
      {view === 'differences' ? <CompareTab session={session} /> : <SimulationPane session={session} />}
    </>
  );
}
