import { RESPONSE_ASSUMPTIONS } from '@xunfang/geo-data/response';
import type { ProposalOrder } from '@xunfang/geo-data/contract';
import { useState } from 'react';
import { useMessages } from '../../i18n/index.ts';
import {
  Button,
  PanelSection,
  readPreference,
  Segmented,
  SelectField,
  TextField,
  writePreference,
} from '../../ui/index.ts';
import styles from '../panels/panels.module.css';
import { workloadOfFactors } from '../score/factors.ts';
import type { StudioSession } from '../studio-session.ts';
import { useStudio } from '../studio-store.ts';
import { proposeMessages } from './messages-propose.ts';
import own from './propose.module.css';

const PREFERENCE = 'studio.proposals';
const EFFORTS = [5, 15, 30, 60];
const FRESH = { from: 'draft' as ProposalOrder['from'], band: '10', mostChange: '30', seconds: 15, seed: '1' };
/** In per cent. */
const BAND = { from: 1, to: 100 };
const CHANGE = { from: 1, to: 100 };
const SEED = { from: 0, to: 4_294_967_295 };
/** Enough for what is balanced, and short on the way. */
const WORKLOAD_DECIMALS = 1e4;

interface OrderFormProps {
  session: StudioSession;
  /** There are proposals already. */
  again: boolean;
  pending: boolean;
  onStart: (order: ProposalOrder) => void;
}

/** What the search may change, and how long it looks. Work is balanced by the weights that the scores use. */
export function OrderForm({ session, again, pending, onStart }: OrderFormProps) {
  const t = useMessages(proposeMessages);
  const [form, setForm] = useState(() => ({ ...FRESH, ...readPreference<Partial<typeof FRESH>>(PREFERENCE, {}) }));
  const weights = useStudio((state) => state.weights);
  const beats = useStudio((state) => state.beats);
  const zones = useStudio((state) => state.zones);
  const set = (change: Partial<typeof FRESH>) => setForm((known) => ({ ...known, ...change }));
  const fault = (text: string, { from, to }: typeof BAND, whole = false) => {
    const value = Number(text);
    const fits = text.trim() !== '' && value >= from && value <= to && (!whole || Number.isInteger(value));
    return fits ? null : t('outOfRange', { from, to });
  };
  const bandFault = fault(form.band, BAND);
  const changeFault = form.from === 'draft' ? fault(form.mostChange, CHANGE) : null;
  const seedFault = fault(form.seed, SEED, true);
  const lockedBeats = beats.filter((beat) => !beat.removed && (beat.locked || zones[beat.zone]?.locked)).length;
  const lockedAtoms = session.view.lockedAtoms.reduce((sum, flag) => sum + flag, 0);
  const start = () => {
    const columns = session.factorColumns;
    if (!columns || !weights) return;
    writePreference(PREFERENCE, form);
    onStart({
      from: form.from,
      seconds: form.seconds,
      seed: Number(form.seed),
      band: Number(form.band) / 100,
      mostChange: form.from === 'draft' ? Number(form.mostChange) / 100 : 1,
      workload: Array.from(
        workloadOfFactors(columns, weights),
        (minutes) => Math.round(minutes * WORKLOAD_DECIMALS) / WORKLOAD_DECIMALS,
      ),
      response: {
        sceneMinutes: weights.incidents,
        detourFactor: RESPONSE_ASSUMPTIONS.detourFactor,
        speedKmh: RESPONSE_ASSUMPTIONS.speedKmh,
      },
    });
  };
  return (
    <PanelSection title={t('order')}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          start();
        }}
      >
        <Segmented
          label={t('from')}
          value={form.from}
          options={[
            { value: 'draft', label: t('fromDraft') },
            { value: 'scratch', label: t('fromScratch') },
          ]}
          onChange={(from) => set({ from })}
        />
        {form.from === 'draft' && lockedBeats + lockedAtoms > 0 ? (
          <span className={styles.note}>{t('locksHint', { beats: lockedBeats, atoms: lockedAtoms })}</span>
        ) : null}
        <div className={own.numbers}>
          <TextField
            label={t('band')}
            inputMode="decimal"
            value={form.band}
            error={bandFault}
            onChange={(event) => set({ band: event.target.value })}
          />
          {form.from === 'draft' ? (
            <TextField
              label={t('mostChange')}
              inputMode="decimal"
              value={form.mostChange}
              error={changeFault}
              onChange={(event) => set({ mostChange: event.target.value })}
            />
          ) : null}
          <SelectField
            label={t('effort')}
            value={form.seconds}
            onChange={(event) => set({ seconds: Number(event.target.value) })}
          >
            {EFFORTS.map((seconds) => (
              <option key={seconds} value={seconds}>
                {t('seconds', { count: seconds })}
              </option>
            ))}
          </SelectField>
          <TextField
            label={t('seed')}
            inputMode="numeric"
            value={form.seed}
            error={seedFault}
            title={t('seedHint')}
            onChange={(event) => set({ seed: event.target.value })}
          />
        </div>
        <Button
          type="submit"
          tone={again ? 'plain' : 'primary'}
          disabled={pending || Boolean(bandFault ?? changeFault ?? seedFault)}
        >
          {again ? t('again') : t('start')}
        </Button>
      </form>
    </PanelSection>
  );
}
