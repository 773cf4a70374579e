import { useMessages } from '../i18n/index.ts';
import { useHasRole } from '../session/index.ts';
import { choiceCodec, ErrorBoundary, Tag, useUrlFilter } from '../ui/index.ts';
import { AccountsPage } from './accounts-page.tsx';
import styles from './admin.module.css';
import { ApiKeysPage } from './api-keys-page.tsx';
import { AuditPage } from './audit-page.tsx';
import { DevicesPage } from './devices-page.tsx';
import { adminMessages } from './messages.ts';

const PAGES = { accounts: AccountsPage, apiKeys: ApiKeysPage, devices: DevicesPage, audit: AuditPage };
const SECTIONS = ['accounts', 'apiKeys', 'devices', 'audit'] as const;
/** An auditor has no business with device keys: the server keeps them to administrators. */
const AUDITOR_SECTIONS = SECTIONS.filter((section) => section !== 'devices');
const sectionCodec = choiceCodec(SECTIONS, 'accounts');

/** Accounts, keys, devices and the audit log. Auditors see, administrators change. */
export function AdminPage() {
  const t = useMessages(adminMessages);
  const mayChange = useHasRole('admin');
  const [section, setSection] = useUrlFilter('admin.section', sectionCodec);
  const sections = mayChange ? SECTIONS : AUDITOR_SECTIONS;
  const Page = PAGES[section];
  return (
    <div className={styles.page}>
      <nav className={styles.sections} role="tablist" aria-label={t('sections')} aria-orientation="vertical">
        {sections.map((option) => (
          <button
            key={option}
            type="button"
            role="tab"
            data-tab={option}
            aria-selected={option === section}
            className={styles.section}
            onClick={() => setSection(option)}
          >
            {t(option)}
          </button>
        ))}
      </nav>
      <div className={styles.content} role="tabpanel" aria-label={t(section)}>
        {mayChange ? null : (
          <p className={styles.note}>
            <Tag>{t('readOnly')}</Tag>
          </p>
        )}
        <ErrorBoundary resetKey={section}>
          <Page />
        </ErrorBoundary>
      </div>
    </div>
  );
}
