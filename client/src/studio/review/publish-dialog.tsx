import { DUTY_LEVELS, type PlanShift, type PlanSummary } from '@xunfang/geo-data/contract';
import { useState } from 'react';
import { instantOf } from '../../clock/index.ts';
import { useMessages } from '../../i18n/index.ts';
import { useBureau } from '../../session/index.ts';
import { Dialog, DialogForm, ErrorState, SelectField, TextField, toast } from '../../ui/index.ts';
import { reviewMessages } from '../messages-review.ts';
import { useLifecycleStep } from './lifecycle-queries.ts';

const DUTY_WORDS = { 1: 'dutyOne', 2: 'dutyTwo', 3: 'dutyThree' } as const;

/** Ends the plan in force, so it asks: from when, for which shift and duty level. */
export function PublishDialog({ plan, onClose }: { plan: PlanSummary; onClose: () => void }) {
  const t = useMessages(reviewMessages);
  const bureau = useBureau();
  const publish = useLifecycleStep(plan.id);
  const [localTime, setLocalTime] = useState('');
  const [shift, setShift] = useState<PlanShift>('all');
  const [dutyLevel, setDutyLevel] = useState('');
  const send = () =>
    publish.mutate(
      {
        kind: 'publish',
        publication: {
          effectiveFrom: localTime ? instantOf(localTime, bureau.timeZone) : null,
          shift,
          dutyLevel: DUTY_LEVELS.find((level) => String(level) === dutyLevel) ?? null,
        },
      },
      {
        onSuccess: () => {
          toast(t('publishedToast', { name: plan.name }), { tone: 'done' });
          onClose();
        },
      },
    );
  return (
    <Dialog title={t('publishTitle')} onClose={onClose}>
      <DialogForm
        onSubmit={send}
        onCancel={onClose}
        busy={publish.isPending}
        submitLabel={localTime ? t('publish') : t('publishNow')}
      >
        <p>{t('publishText', { name: plan.name })}</p>
        <TextField
          label={t('effectiveAt')}
          hint={t('effectiveHint', { zone: bureau.timeZone })}
          type="datetime-local"
          value={localTime}
          onChange={(event) => setLocalTime(event.target.value)}
        />
        <SelectField label={t('shift')} value={shift} onChange={(event) => setShift(event.target.value as PlanShift)}>
          <option value="all">{t('shiftAll')}</option>
          <option value="day">{t('shiftDay')}</option>
          <option value="night">{t('shiftNight')}</option>
        </SelectField>
        <SelectField label={t('dutyLevel')} value={dutyLevel} onChange={(event) => setDutyLevel(event.target.value)}>
          <option value="">{t('dutyAny')}</option>
          {DUTY_LEVELS.map((level) => (
            <option key={level} value={level}>
              {t(DUTY_WORDS[level])}
            </option>
          ))}
        </SelectField>
        {publish.error ? <ErrorState error={publish.error} /> : null}
      </DialogForm>
    </Dialog>
  );
}
