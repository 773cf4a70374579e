import { DevicesPage, deviceMessages, PositionSettingsPage, TerminalsPage } from '../devices/index.ts';
import { useMessages } from '../i18n/index.ts';
import { useHasRole } from '../session/index.ts';
import { ErrorBoundary, Tag, updateUrl, useUrlState } from '../ui/index.ts';
import { AccountsPage } from './accounts-page.tsx';
import styles from './admin.module.css';
import { ApiKeysPage } from './api-keys-page.tsx';
import { AuditPage } from './audit-page.tsx';
import { adminMessages } from './messages.ts';
import { TracksPage } from './tracks-page.tsx';

/** As they stand in the address: `/admin/api-keys`. */
const PAGES = {
  accounts: AccountsPage,
  'api-keys': ApiKeysPage,
  devices: DevicesPage,
  terminals: TerminalsPage,
  positions: PositionSettingsPage,
  tracks: TracksPage,
  audit: AuditPage,
};
type Section = keyof typeof PAGES;
const SECTIONS = Object.keys(PAGES) as Section[];
/** An auditor has no business with devices: the server keeps them to administrators. */
const ADMIN_ONLY: ReadonlySet<Section> = new Set<Section>(['devices', 'terminals', 'positions']);

/** Accounts, keys, devices and the audit log. Auditors see, administrators change. */
export function AdminPage() {
  const t = useMessages(adminMessages);
  const devices = useMessages(deviceMessages);
  const mayChange = useHasRole('admin');
  const wanted = useUrlState((state) => state.path[0]);
  const page = useUrlState((state) => state.path.join('/'));
  const sections = mayChange ? SECTIONS : SECTIONS.filter((section) => !ADMIN_ONLY.has(section));
  const section = sections.find((option) => option === wanted) ?? 'accounts';
  const Page = PAGES[section];
  const titles: Record<Section, string> = {
    accounts: t('accounts'),
    'api-keys': t('apiKeys'),
    devices: devices('devices'),
    terminals: devices('terminals'),
    positions: devices('positions'),
    tracks: t('tracks'),
    audit: t('audit'),
  };
  return (
    <div className={styles.page}>
      <nav className={styles.sections} role="tablist" aria-label={t('sections')} aria-orientation="vertical">
        {sections.map((option) => (
          <button
            key={option}
            type="button"
            role="tab"
            aria-selected={option === section}
            className={styles.section}
            onClick={() => updateUrl({ path: [option] })}
          >
            {titles[option]}
          </button>
        ))}
      </nav>
      <div className={styles.content} role="tabpanel" aria-label={titles[section]}>
        {mayChange ? null : (
          <p className={styles.note}>
            <Tag>{t('readOnly')}</Tag>
          </p>
        )}
        <ErrorBoundary resetKey={page}>
          <Page />
        </ErrorBoundary>
      </div>
    </div>
  );
}
