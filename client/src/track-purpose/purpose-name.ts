import { TRACK_PURPOSES } from '@xunfang/geo-data/contract';
import { useMessages } from '../i18n/index.ts';
import { purposeMessages } from './messages.ts';

/** A purpose as people say it; one of a newer server keeps its code. */
export function usePurposeName(): (purpose: string) => string {
  const t = useMessages(purposeMessages);
  return (purpose) => {
    const known = TRACK_PURPOSES.find((candidate) => candidate === purpose);
    return known ? t(known) : purpose;
  };
}
