import type { Device, QuarantinedFix } from '@xunfang/geo-data/contract';
import { useEffect } from 'react';
import { useFormat } from '../clock/index.ts';
import { useMessages } from '../i18n/index.ts';
import { MapPins, mapCamera } from '../map/index.ts';
import { useHasRole } from '../session/index.ts';
import { Button, IconButton, useUrlFilter } from '../ui/index.ts';
import { useRefusedFix } from './device-queries.ts';
import { openDevice, systemName, useReasonName } from './device-words.ts';
import styles from './devices.module.css';
import { deviceMessages } from './messages.ts';
import { placeOfRefused } from './place-of-refused.ts';
import { REFUSED_FILTER, type RefusedShown, refusedCodec } from './refused-shown.ts';

const CLOSE_ZOOM = 13;

/** One refused position where the device said it was, because an administrator asked to see it: crossed out, never a unit. */
export function RefusedOnMap() {
  const [shown, setShown] = useUrlFilter(REFUSED_FILTER, refusedCodec);
  const maySee = useHasRole('admin');
  if (shown === null || !maySee) return null;
  return <Shown key={`${shown.deviceId}:${shown.fixId}`} {...shown} close={() => setShown(null)} />;
}

function Shown({ deviceId, fixId, close }: RefusedShown & { close: () => void }) {
  const t = useMessages(deviceMessages);
  const { device, fix, isPending, error } = useRefusedFix(deviceId, fixId);
  if (isPending) return null;
  const place = device && fix ? placeOfRefused(fix, device.coordinateSystem) : null;
  if (!device || !fix || place === null || typeof place === 'string')
    return (
      <div className={styles.refusedNote} role="alert">
        <span>{error ? error.message : t('refusedGone')}</span>
        <IconButton icon="close" label={t('refusedClose')} onClick={close} />
      </div>
    );
  return <Pin device={device} fix={fix} lon={place.lon} lat={place.lat} close={close} />;
}

interface PinProps {
  device: Device;
  fix: QuarantinedFix;
  lon: number;
  lat: number;
  close: () => void;
}

function Pin({ device, fix, lon, lat, close }: PinProps) {
  const t = useMessages(deviceMessages);
  const format = useFormat();
  const reasonName = useReasonName();
  useEffect(() => {
    // After the panels of the workspace have told the camera what they cover.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => mapCamera.bringIntoSight(lon, lat, CLOSE_ZOOM));
    });
    return () => cancelAnimationFrame(frame);
  }, [lon, lat]);
  const { coordinateSystem, identifier, callSign } = device;
  const shifted = coordinateSystem === 'GCJ02' || coordinateSystem === 'BD09';
  const content = (
    <section
      className={styles.refusedPin}
      aria-label={t('refusedPin', { name: identifier })}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        close();
      }}
    >
      <span className={styles.refusedMark} aria-hidden />
      <div className={styles.refusedPlate}>
        <div className={styles.refusedTitle}>
          <strong>{t('refusedPin', { name: identifier })}</strong>
          <IconButton icon="close" label={t('refusedClose')} onClick={close} />
        </div>
        <span>
          {t('reason')} {reasonName(fix.reason)}
        </span>
        <span className={styles.note}>
          {format.instant(fix.receivedAt, 'dateSeconds')} · {fix.lon?.toFixed(5)}, {fix.lat?.toFixed(5)}
        </span>
        <span className={styles.note}>
          {shifted ? t('refusedConverted', { system: systemName(coordinateSystem) }) : t('refusedAsSent')}
        </span>
        {callSign === null ? null : <span className={styles.note}>{t('refusedNotUnit', { unit: callSign })}</span>}
        <Button
          small
          autoFocus
          icon="chevronLeft"
          onClick={() => {
            close();
            openDevice(device.id);
          }}
        >
          {t('backToDevice')}
        </Button>
      </div>
    </section>
  );
  return <MapPins pins={[{ key: String(fix.id), place: () => [lon, lat], content }]} />;
}
