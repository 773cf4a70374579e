import { DEVICE_STATES } from '@xunfang/geo-data/contract';
import { useDeferredValue, useState } from 'react';
import { useMessages } from '../i18n/index.ts';
import {
  Button,
  choiceCodec,
  EmptyState,
  ErrorState,
  SelectField,
  SkeletonRows,
  TextField,
  textCodec,
  useUrlFilter,
  useUrlState,
} from '../ui/index.ts';
import { DeviceDetailView } from './device-detail.tsx';
import { type DeviceFilter, PAGE_SIZE, useDevices } from './device-queries.ts';
import { DeviceTable } from './device-table.tsx';
import { openDevice } from './device-words.ts';
import styles from './devices.module.css';
import { EnrolDevice } from './enrol-device.tsx';
import { deviceMessages } from './messages.ts';
import { Pager } from './pager.tsx';

const stateCodec = choiceCodec(DEVICE_STATES, 'all');

/** The devices of the bureau; `/admin/devices/12` shows one of them. */
export function DevicesPage() {
  const id = useUrlState((state) => state.path[1]);
  const deviceId = Number(id);
  return Number.isInteger(deviceId) && deviceId > 0 ? (
    <DeviceDetailView key={deviceId} id={deviceId} />
  ) : (
    <DeviceList />
  );
}

function DeviceList() {
  const t = useMessages(deviceMessages);
  const [search, setSearch] = useUrlFilter('devices.search', textCodec);
  const [state, setState] = useUrlFilter('devices.state', stateCodec);
  const [order, setOrder] = useState<Pick<DeviceFilter, 'orderBy' | 'descending'>>({
    orderBy: 'identifier',
    descending: false,
  });
  const [page, setPage] = useState(0);
  const [enrolling, setEnrolling] = useState(false);
  const query = useDevices({ search: useDeferredValue(search.trim()), state, ...order, page });
  const filtered = search.trim() !== '' || state !== 'all';
  const enrol = (
    <Button tone="primary" icon="plus" onClick={() => setEnrolling(true)}>
      {t('enrol')}
    </Button>
  );
  return (
    <>
      <div className={styles.heading}>
        <h2>{t('devices')}</h2>
        <div className={styles.search}>
          <TextField
            label={<span className="visually-hidden">{t('search')}</span>}
            type="search"
            placeholder={t('search')}
            maxLength={64}
            value={search}
            onChange={(event) => {
              setSearch(event.target.value);
              setPage(0);
            }}
          />
        </div>
        <SelectField
          label={<span className="visually-hidden">{t('state')}</span>}
          value={state}
          onChange={(event) => {
            setState(stateCodec.parse(event.target.value));
            setPage(0);
          }}
        >
          {DEVICE_STATES.map((option) => (
            <option key={option} value={option}>
              {t(option)}
            </option>
          ))}
        </SelectField>
        {enrol}
      </div>
      {query.isPending ? (
        <SkeletonRows rows={12} />
      ) : query.error || !query.data ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : query.data.total === 0 && filtered ? (
        <EmptyState
          title={t('noneMatch')}
          action={
            <Button
              onClick={() => {
                setSearch('');
                setState('all');
              }}
            >
              {t('clearSearch')}
            </Button>
          }
        />
      ) : query.data.total === 0 ? (
        <EmptyState title={t('none')} action={enrol}>
          {t('noneDetail')}
        </EmptyState>
      ) : (
        <>
          <DeviceTable
            devices={query.data.devices}
            order={order}
            onOrder={(next) => {
              setOrder(next);
              setPage(0);
            }}
            onOpen={openDevice}
          />
          <Pager page={page} pageSize={PAGE_SIZE} total={query.data.total} onPage={setPage} />
        </>
      )}
      {enrolling ? <EnrolDevice onClose={() => setEnrolling(false)} /> : null}
    </>
  );
}
