import { useFormat } from '../clock/index.ts';
import { useBilingual, useMessages } from '../i18n/index.ts';
import { Button, EmptyState, FigureRows, Panel, PanelSection, select } from '../ui/index.ts';
import { beatMessages } from './messages.ts';
import { usePlanShown } from './plan-queries.ts';
import { showArea } from './show-area.ts';

interface AreaDetailProps {
  level: 'beat' | 'zone';
  number: number;
}

/** The figures that explain one beat or zone. */
export function AreaDetail({ level, number }: AreaDetailProps) {
  const t = useMessages(beatMessages);
  const format = useFormat();
  const bilingual = useBilingual();
  const { data: plan } = usePlanShown();
  const area = (level === 'beat' ? plan?.beats : plan?.zones)?.find((candidate) => candidate.number === number);
  if (!plan || !area) return <EmptyState title={t('noPlan')} />;
  const { figures } = area;
  const zone = 'zoneNumber' in area ? plan.zones.find((candidate) => candidate.number === area.zoneNumber) : undefined;
  const members = level === 'zone' ? plan.beats.filter((beat) => beat.zoneNumber === number) : [];
  return (
    <Panel title={bilingual(area.name)}>
      <PanelSection>
        <FigureRows
          rows={[
            ...(zone ? [{ label: t('wholeZone'), value: bilingual(zone.name) }] : []),
            { label: t('workload'), value: format.number(figures.workload, 1) },
            { label: t('deviation'), value: format.percent(figures.deviation, 1, true) },
            { label: t('incidents'), value: format.number(figures.incidents) },
            { label: t('area'), value: format.number(figures.areaKm2, 2), unit: t('km2') },
            { label: t('perimeter'), value: format.number(figures.perimeterKm, 2), unit: t('km') },
            { label: t('compactness'), value: format.number(figures.compactness, 2) },
            { label: t('street'), value: format.number(figures.streetKm, 1), unit: t('km') },
            { label: t('atoms'), value: format.number(figures.atoms) },
          ]}
        />
        <p>
          {t('workloadHint', {
            from: format.instant(plan.basis.incidentsFrom, 'date'),
            to: format.instant(plan.basis.incidentsTo, 'date'),
            count: format.number(plan.basis.incidentCount),
          })}
        </p>
        <Button icon="fit" onClick={() => showArea(level, area)}>
          {t('zoomTo')}
        </Button>
      </PanelSection>
      {members.length > 0 ? (
        <PanelSection title={t('beats')}>
          {members.map((beat) => (
            <Button key={beat.number} small onClick={() => select('beat', beat.number)}>
              {bilingual(beat.name)}
            </Button>
          ))}
        </PanelSection>
      ) : null}
    </Panel>
  );
}

export const BeatDetail = ({ beatNumber }: { beatNumber: number }) => <AreaDetail level="beat" number={beatNumber} />;
