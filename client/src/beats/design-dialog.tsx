import { type FormEvent, useState } from 'react';
import { useFormat } from '../clock/index.ts';
import { useMessages } from '../i18n/index.ts';
import { Button, Dialog, ErrorState, TextField, toast } from '../ui/index.ts';
import styles from './beats.module.css';
import { beatMessages } from './messages.ts';
import { useChoosePlan, useDesignPlan } from './plan-queries.ts';

const PRESETS = [
  { key: 'presetPlan', zones: 14, beats: 27 },
  { key: 'presetGrid', zones: 5, beats: 5 },
] as const;

/** Asks for the numbers and shows the draft that comes of them. A refusal says why. */
export function DesignDialog({ onClose }: { onClose: () => void }) {
  const t = useMessages(beatMessages);
  const format = useFormat();
  const choose = useChoosePlan();
  const design = useDesignPlan();
  const [name, setName] = useState('');
  const [beats, setBeats] = useState('27');
  const [zones, setZones] = useState('14');
  const [tolerance, setTolerance] = useState('10');
  const [seed, setSeed] = useState('1');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    design.mutate(
      {
        name: name.trim() || t('summary', { zones, beats }),
        beats: Number(beats),
        zones: Number(zones),
        tolerance: Number(tolerance) / 100,
        seed: Number(seed),
      },
      {
        onSuccess: (plan) => {
          toast(t('designed', { name: plan.summary.name, worst: format.percent(plan.basis.worstDeviation, 1) }), {
            tone: 'done',
          });
          choose(plan.summary.id);
          onClose();
        },
      },
    );
  };
  return (
    <Dialog title={t('designTitle')} onClose={onClose}>
      <form onSubmit={submit} className={styles.form}>
        <TextField
          label={t('name')}
          value={name}
          maxLength={80}
          placeholder={t('summary', { zones, beats })}
          onChange={(event) => setName(event.target.value)}
        />
        <div className={styles.actions}>
          {PRESETS.map((preset) => (
            <Button
              key={preset.key}
              small
              onClick={() => {
                setZones(String(preset.zones));
                setBeats(String(preset.beats));
              }}
            >
              {t(preset.key)}
            </Button>
          ))}
        </div>
        <div className={styles.pair}>
          <TextField
            label={t('zonesWanted')}
            type="number"
            min={1}
            max={200}
            required
            value={zones}
            onChange={(event) => setZones(event.target.value)}
          />
          <TextField
            label={t('beatsWanted')}
            type="number"
            min={1}
            max={500}
            required
            value={beats}
            onChange={(event) => setBeats(event.target.value)}
          />
          <TextField
            label={t('toleranceWanted')}
            type="number"
            min={1}
            max={100}
            required
            value={tolerance}
            onChange={(event) => setTolerance(event.target.value)}
          />
          <TextField
            label={t('seed')}
            type="number"
            min={0}
            max={4_294_967_295}
            required
            value={seed}
            onChange={(event) => setSeed(event.target.value)}
          />
        </div>
        {design.error ? <ErrorState error={design.error} /> : null}
        <div className={styles.actions}>
          <Button tone="primary" type="submit" disabled={design.isPending}>
            {design.isPending ? t('computing') : t('compute')}
          </Button>
          <Button onClick={onClose}>{t('cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
