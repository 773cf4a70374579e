import { UNIT_STATUSES } from '@xunfang/geo-data/units';
import { clockMessages, splitAge } from '../clock/index.ts';
import { translate } from '../i18n/index.ts';
import { AGE_CLASSES, ageClass, ageSeconds } from './live-units.ts';
import { unitMessages } from './messages.ts';
import { ageThresholds, liveUnits, unitsBySlot } from './unit-feed.ts';
import { badgeOf } from './units-layers.ts';

/** What stands under the mark: the call sign; the status when it is not simply on patrol; the age when it is old. */
export function unitLabel(slot: number, nowMs: number): string {
  const unit = unitsBySlot()[slot];
  if (!unit) return '';
  const seconds = ageSeconds(liveUnits, slot, nowMs);
  const status = UNIT_STATUSES[liveUnits.status[slot]];
  const age = ageClass(seconds, ageThresholds(unit.kind));
  if (age === 2) return `${unit.callSign} ${ageText(seconds)}`;
  // Lost, and where this is: its last place, or where the plan has it.
  if (age === 3) {
    const t = translate(unitMessages);
    return Number.isFinite(seconds)
      ? `${unit.callSign} ${t('lost')} ${ageText(seconds)}`
      : `${unit.callSign} ${t('planned')}`;
  }
  return badgeOf(status) === 'none' ? unit.callSign : `${unit.callSign} ${translate(unitMessages)(status)}`;
}

/** One line that says all: for tooltips and lists of a stack. */
export function unitLine(slot: number): string {
  const unit = unitsBySlot()[slot];
  if (!unit) return '';
  const t = translate(unitMessages);
  const seconds = ageSeconds(liveUnits, slot, performance.now());
  const parts = [unit.callSign, t(UNIT_STATUSES[liveUnits.status[slot]] ?? 'off_duty'), t(unit.forceLayer)];
  const age = ageClass(seconds, ageThresholds(unit.kind));
  if (Number.isFinite(seconds)) parts.push(`${t(AGE_CLASSES[age])} ${ageText(seconds)}`);
  else parts.push(t('never'));
  if (age === 3) parts.push(Number.isFinite(seconds) ? t('atLastPlace') : t('atPlannedPlace'));
  return parts.join(' · ');
}

/** “12 秒”, “4 min”: an age in its largest unit. */
export function ageText(seconds: number): string {
  if (!Number.isFinite(seconds)) return '—';
  const { unit, count } = splitAge(seconds * 1000);
  return translate(clockMessages)(unit, { count });
}
