import { PLACE_KINDS } from '@xunfang/geo-data/contract';
import { useMessages } from '../i18n/index.ts';
import { SymbolLegend } from '../ui/index.ts';
import { placeMessages } from './messages.ts';
import { PlaceMark } from './place-mark.tsx';
import { usePlaces } from './use-places.ts';

/** Only the kinds that this bureau has. */
export function PlaceLegend() {
  const t = useMessages(placeMessages);
  const { data } = usePlaces();
  if (!data) return null;
  if (data.length === 0) return t('none');
  const present = new Set(data.map((place) => place.kind));
  return (
    <SymbolLegend
      items={PLACE_KINDS.filter((kind) => present.has(kind)).map((kind) => ({
        mark: <PlaceMark kind={kind} />,
        label: t(kind),
      }))}
    />
  );
}
