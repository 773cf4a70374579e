import {
  DEVICE_COORDINATE_SYSTEMS,
  DEVICE_PROTOCOLS,
  type Device,
  type DeviceCoordinateSystem,
  type DeviceProtocol,
} from '@xunfang/geo-data/contract';
import { useState } from 'react';
import { useMessages } from '../i18n/index.ts';
import { DialogForm, FormFailure, SelectField, Switch, TextField } from '../ui/index.ts';
import { systemName, useProtocolName } from './device-words.ts';
import { deviceMessages } from './messages.ts';
import { UnitField } from './unit-field.tsx';

/** What an administrator says of a device. */
export interface DeviceOrder {
  identifier: string;
  unitId: number | null;
  protocol: DeviceProtocol | null;
  coordinateSystem: DeviceCoordinateSystem;
  checksSpeed: boolean;
  mqttUser: string | null;
  messagesPerMinute: number | null;
}
interface DeviceFormProps {
  /** null: a new one. */
  device: Device | null;
  busy: boolean;
  error: unknown;
  submitLabel: string;
  onSubmit: (order: DeviceOrder) => void;
  onCancel: () => void;
}

/** The fields its protocol asks for. */
export function DeviceForm({ device, busy, error, submitLabel, onSubmit, onCancel }: DeviceFormProps) {
  const t = useMessages(deviceMessages);
  const protocolName = useProtocolName();
  const [protocol, setProtocol] = useState<DeviceProtocol | null>(device ? device.protocol : 'osmand');
  const [identifier, setIdentifier] = useState(device?.identifier ?? '');
  const [unitId, setUnitId] = useState<number | null>(device?.unitId ?? null);
  const [system, setSystem] = useState<DeviceCoordinateSystem>(device?.coordinateSystem ?? 'WGS84');
  const [mqttUser, setMqttUser] = useState(device?.mqttUser ?? '');
  const [rate, setRate] = useState(device?.messagesPerMinute?.toString() ?? '');
  const [checksSpeed, setChecksSpeed] = useState(device?.checksSpeed ?? true);
  const [checked, setChecked] = useState(false);
  const name = identifier.trim();
  const identifierFault =
    name === ''
      ? t('required')
      : device === null && protocol === 'jt808' && !/^\d{1,20}$/.test(name)
        ? t('phoneBad')
        : device === null && protocol === 'gb28181' && !/^\d{20}$/.test(name)
          ? t('deviceIdBad')
          : undefined;
  const userFault = protocol === 'owntracks_mqtt' && mqttUser.trim() === '' ? t('required') : undefined;
  const rateFault =
    rate.trim() === '' || (/^\d+$/.test(rate.trim()) && Number(rate) >= 1 && Number(rate) <= 60_000)
      ? undefined
      : t('rateBad');
  const submit = () => {
    setChecked(true);
    if (identifierFault || userFault || rateFault) return;
    onSubmit({
      identifier: name,
      unitId,
      protocol,
      coordinateSystem: system,
      checksSpeed,
      mqttUser: protocol === 'owntracks_mqtt' ? mqttUser.trim() : null,
      messagesPerMinute: rate.trim() === '' ? null : Number(rate),
    });
  };
  const [label, hint] =
    protocol === 'jt808'
      ? [t('phone'), t('phoneHint')]
      : protocol === 'gb28181'
        ? [t('deviceId'), t('deviceIdHint')]
        : [t('identifier'), t('identifierHint')];
  return (
    <DialogForm submitLabel={submitLabel} busy={busy} onCancel={onCancel} onSubmit={submit}>
      <FormFailure error={error} />
      <SelectField
        label={t('protocol')}
        value={protocol ?? ''}
        onChange={(event) => setProtocol(DEVICE_PROTOCOLS.find((option) => option === event.target.value) ?? null)}
      >
        {device?.protocol === null ? <option value="">{protocolName(null)}</option> : null}
        {DEVICE_PROTOCOLS.map((option) => (
          <option key={option} value={option}>
            {protocolName(option)}
          </option>
        ))}
      </SelectField>
      <TextField
        label={label}
        hint={device ? undefined : hint}
        maxLength={64}
        autoComplete="off"
        disabled={device !== null}
        value={identifier}
        error={checked ? identifierFault : undefined}
        onChange={(event) => setIdentifier(event.target.value)}
      />
      {protocol === 'owntracks_mqtt' ? (
        <TextField
          label={t('mqttUser')}
          hint={t('mqttUserHint')}
          maxLength={64}
          autoComplete="off"
          value={mqttUser}
          error={checked ? userFault : undefined}
          onChange={(event) => setMqttUser(event.target.value)}
        />
      ) : null}
      <UnitField value={unitId} onChange={setUnitId} />
      <SelectField
        label={t('coordinateSystem')}
        hint={t('coordinateHint')}
        value={system}
        onChange={(event) => setSystem(event.target.value as DeviceCoordinateSystem)}
      >
        {DEVICE_COORDINATE_SYSTEMS.map((option) => (
          <option key={option} value={option}>
            {systemName(option)}
          </option>
        ))}
      </SelectField>
      <TextField
        label={t('rate')}
        hint={t('rateHint')}
        inputMode="numeric"
        value={rate}
        error={checked ? rateFault : undefined}
        onChange={(event) => setRate(event.target.value)}
      />
      <Switch label={t('checksSpeed')} checked={checksSpeed} onChange={setChecksSpeed} />
    </DialogForm>
  );
}
