import { useState } from 'react';
import { AlarmCounter } from '../alarms/index.ts';
import { useFormat, useNow } from '../clock/index.ts';
import { useBilingual, useMessages } from '../i18n/index.ts';
import {
  PasswordDialog,
  sessionMessages,
  signOut,
  useBureau,
  useRoleName,
  useRoles,
  useSession,
} from '../session/index.ts';
import { DemonstrationTag, Icon, Menu, type MenuEntry, SimulationTag, useDisplay } from '../ui/index.ts';
import { LanguageButton, ThemeButton } from '../ui/page-settings.tsx';
import { LinkStatus } from './link-status.tsx';
import { shellMessages } from './messages.ts';
import { openBureau, openWorkspace } from './navigation.ts';
import { openOverlay } from './overlays.ts';
import styles from './top-bar.module.css';
import type { Workspace } from './workspace.ts';

interface TopBarProps {
  workspaces: readonly Workspace[];
  current: Workspace | null;
}

export function TopBar({ workspaces, current }: TopBarProps) {
  const t = useMessages(shellMessages);
  const wall = useDisplay((state) => state.wall);
  const bureau = useBureau();
  return (
    <header className={styles.bar}>
      <ProductMark />
      <BureauSwitch />
      {wall ? null : (
        <nav className={styles.tabs} aria-label={t('workspaces')}>
          {workspaces.map((workspace) => (
            <button
              key={workspace.id}
              type="button"
              className={styles.tab}
              aria-current={workspace === current ? 'page' : undefined}
              title={`${t(workspace.id)} (${workspace.hotkey})`}
              onClick={() => openWorkspace(workspace.id)}
            >
              {t(workspace.id)}
            </button>
          ))}
        </nav>
      )}
      <span className={styles.tags}>
        {bureau.demonstration ? <DemonstrationTag /> : null}
        {bureau.simulated ? <SimulationTag /> : null}
      </span>
      <span className={styles.space} />
      {wall ? null : (
        <button type="button" className={styles.search} onClick={() => openOverlay('palette')} aria-label={t('search')}>
          <Icon name="search" />
          <span>{t('searchShort')}</span>
          <kbd>Ctrl K</kbd>
        </button>
      )}
      <AlarmCounter />
      <LinkStatus />
      <Clock />
      {wall ? null : (
        <span className={styles.settings}>
          <ThemeButton />
          <LanguageButton />
          <UserMenu />
        </span>
      )}
    </header>
  );
}

/** Three cells of the grid, one of them chosen. */
function ProductMark() {
  return (
    <svg className={styles.mark} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.4" aria-hidden>
      <path d="M8 3l4.3 2.500v5L8 13l-4.3-2.500v-5z" />
      <path d="M16.6 3l4.3 2.500v5L16.6 13l-4.3-2.500v-5z" fill="var(--select)" stroke="var(--select)" />
      <path d="M12.3 10.500l4.3 2.500v5l-4.3 2.500L8 18v-5z" />
    </svg>
  );
}

function BureauSwitch() {
  const t = useMessages(shellMessages);
  const name = useBilingual();
  const bureau = useBureau();
  const { bureaus } = useSession();
  const wall = useDisplay((state) => state.wall);
  if (bureaus.length < 2 || wall)
    return (
      <span className={styles.bureau} title={name(bureau.name)}>
        <span>{name(bureau.name)}</span>
      </span>
    );
  return (
    <Menu
      entries={[
        { kind: 'heading', key: 'heading', label: t('switchBureau') },
        ...bureaus.map((option) => ({
          kind: 'item' as const,
          key: option.id,
          label: name(option.name),
          checked: option.id === bureau.id,
          run: () => openBureau(option.id),
        })),
      ]}
      trigger={(props) => (
        <button type="button" className={styles.bureau} title={name(bureau.name)} {...props}>
          <span>{name(bureau.name)}</span>
          <Icon name="chevronDown" />
        </button>
      )}
    />
  );
}

/** Seconds of the bureau's own time zone, by the server's clock. */
function Clock() {
  const t = useMessages(shellMessages);
  const format = useFormat();
  const now = useNow();
  return (
    <span className={styles.clock} title={t('timeZone', { zone: format.timeZone })}>
      <span className={styles.day}>{format.day(now)}</span>
      <time className={styles.time} dateTime={new Date(now).toISOString()}>
        {format.instant(now, 'seconds')}
      </time>
    </span>
  );
}

function UserMenu() {
  const t = useMessages(shellMessages);
  const own = useMessages(sessionMessages);
  const { account } = useSession();
  const roles = useRoles();
  const roleName = useRoleName();
  const [changing, setChanging] = useState(false);
  const entries: MenuEntry[] = [
    { kind: 'heading', key: 'who', label: `${account.displayName} · ${roles.map(roleName).join(' · ')}` },
    { kind: 'item', key: 'keys', label: t('keys'), icon: 'keyboard', detail: '?', run: () => openOverlay('keys') },
    { kind: 'item', key: 'password', label: own('changePassword'), icon: 'key', run: () => setChanging(true) },
    { kind: 'item', key: 'out', label: own('signOut'), icon: 'signOut', run: () => void signOut() },
  ];
  return (
    <>
      <Menu
        align="right"
        entries={entries}
        trigger={(props) => (
          <button type="button" className={styles.user} aria-label={t('userMenu')} {...props}>
            <Icon name="user" />
            <span>{account.displayName}</span>
          </button>
        )}
      />
      {changing ? <PasswordDialog onClose={() => setChanging(false)} /> : null}
    </>
  );
}
