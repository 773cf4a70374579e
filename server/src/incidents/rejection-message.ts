import type { RejectionReason } from '@xunfang/geo-data/contract';
import { type Language, messageOf } from '../platform/index.ts';
import './messages.incidents.ts';

/** Why an item or a row was refused, for people. */
export function rejectionMessage(reason: RejectionReason, field: string | null, language: Language): string {
  return messageOf(`REJECTED_${reason.toUpperCase()}`, language, { field: field ?? '—' }).message;
}
