import { useMessages } from '../i18n/index.ts';
import { ClassLegend, SEQUENTIAL_RAMP } from '../ui/index.ts';
import { replayMessages } from './messages.ts';
import { useReplayClock } from './replay-clock.ts';
import { REPLAY_BOUNDS } from './replay-layers.ts';

export function ReplayLegend() {
  const t = useMessages(replayMessages);
  const active = useReplayClock((state) => state.active);
  if (!active) return null;
  return (
    <ClassLegend
      title={t('legend')}
      unit={t('legendUnit')}
      classes={REPLAY_BOUNDS.map((bound, index) => ({
        from: index === REPLAY_BOUNDS.length - 1 ? `≥ ${bound}` : bound,
        colour: SEQUENTIAL_RAMP[index],
        opacity: index === 0 ? 0.35 : 0.8,
      }))}
      notes={[t('legendNote')]}
    />
  );
}
