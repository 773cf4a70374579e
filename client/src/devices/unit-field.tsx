import { useMessages } from '../i18n/index.ts';
import { compareNames, SelectField } from '../ui/index.ts';
import { useRoster } from '../units/index.ts';
import { deviceMessages } from './messages.ts';

/** Whose positions a device's are. */
export function UnitField({ value, onChange }: { value: number | null; onChange: (unitId: number | null) => void }) {
  const t = useMessages(deviceMessages);
  const { data } = useRoster();
  const units = [...(data?.units ?? [])].sort((a, b) => compareNames(a.callSign, b.callSign));
  return (
    <SelectField
      label={t('unit')}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value === '' ? null : Number(event.target.value))}
    >
      <option value="">{t('noUnit')}</option>
      {units.map((unit) => (
        <option key={unit.id} value={unit.id}>
          {unit.callSign}
        </option>
      ))}
    </SelectField>
  );
}
