import { GEOFENCE_KINDS } from '@xunfang/geo-data/contract';
import { useMessages } from '../i18n/index.ts';
import { SymbolLegend } from '../ui/index.ts';
import { FenceMark } from './fence-mark.tsx';
import { geofenceMessages } from './messages.ts';

export function GeofenceLegend() {
  const t = useMessages(geofenceMessages);
  return (
    <SymbolLegend
      items={[
        ...GEOFENCE_KINDS.map((kind) => ({
          mark: <FenceMark kind={kind} />,
          label: `${t(kind)} · ${t(`${kind}Hint`)}`,
        })),
        { mark: <FenceMark kind="restricted" alarmed />, label: t('legendActive') },
      ]}
    />
  );
}
