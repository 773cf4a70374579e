import { Suspense, useEffect, useMemo } from 'react';
import { AlarmBanner, AlarmList, AlarmsOnMap, useSeesAlarms } from '../alarms/index.ts';
import { useLinkState } from '../connection/index.ts';
import { useMessages } from '../i18n/index.ts';
import { MapView, pointer } from '../map/index.ts';
import { useBureau, useRoleName, useRoles } from '../session/index.ts';
import { clearSelection, EmptyState, ErrorBoundary, useDisplay, useSelection, useUrlState } from '../ui/index.ts';
import styles from './frame.module.css';
import { KeyHelp } from './key-help.tsx';
import { OfflineBar } from './link-status.tsx';
import { MapTools } from './map-tools.tsx';
import { shellMessages } from './messages.ts';
import { useOverlay } from './overlays.ts';
import { Palette } from './palette.tsx';
import { togglePanel, usePanelLayout } from './panel-layout.ts';
import { SidePanel } from './side-panel.tsx';
import { Toasts } from './toasts.tsx';
import { TopBar } from './top-bar.tsx';
import { useInsets } from './use-insets.ts';
import { useShellCommands } from './use-shell-commands.ts';
import { WORKSPACES, type Workspace } from './workspace.ts';
import { useWorkspaceParts, WorkspaceSlot } from './workspace-slot.tsx';

/** Everything a signed-in person sees. The map stands beneath and is never taken down. */
export function Frame() {
  const t = useMessages(shellMessages);
  const bureau = useBureau();
  const roles = useRoles();
  const offline = useLinkState((state) => state.link === 'offline');
  const overlay = useOverlay((state) => state.overlay);
  const wantedId = useUrlState((state) => state.workspace);
  const allowed = useMemo(
    () => WORKSPACES.filter((workspace) => workspace.roles.some((role) => roles.includes(role))),
    [roles],
  );
  const wanted = WORKSPACES.find((workspace) => workspace.id === wantedId);
  const current = wanted ?? allowed[0];
  const seesAlarms = useSeesAlarms();
  const { refOf, style } = useInsets();
  useShellCommands(allowed);
  useEffect(() => pointer.onEmptyClick(clearSelection), []);
  return (
    <div className={styles.frame} style={style}>
      <a className={styles.skip} href="#panel-left">
        {t('skip')}
      </a>
      <TopBar workspaces={allowed} current={current} />
      <OfflineBar />
      {seesAlarms ? <AlarmBanner /> : null}
      <main className={`${styles.stage} ${offline ? styles.greyed : ''}`}>
        <MapView bureau={bureau} />
        {seesAlarms ? <AlarmsOnMap /> : null}
        {!current || !allowed.includes(current) ? (
          <Refused workspace={current ?? WORKSPACES[0]} />
        ) : (
          <ErrorBoundary resetKey={current.id}>
            <Suspense fallback={null}>
              <Parts key={current.id} workspace={current} refOf={refOf} />
            </Suspense>
          </ErrorBoundary>
        )}
        {seesAlarms ? <AlarmList /> : null}
      </main>
      <Toasts />
      {overlay === 'palette' ? <Palette /> : null}
      {overlay === 'keys' ? <KeyHelp /> : null}
    </div>
  );
}

function Parts({ workspace, refOf }: { workspace: Workspace; refOf: ReturnType<typeof useInsets>['refOf'] }) {
  const parts = useWorkspaceParts(workspace);
  const wall = useDisplay((state) => state.wall);
  const layersOpen = usePanelLayout((state) => state.layersOpen);
  const selection = useSelection();
  const selectedText = selection ? `${selection.kind}:${selection.id}` : null;
  useEffect(() => {
    if (selectedText) togglePanel('right', true);
  }, [selectedText]);
  if (parts.Page)
    return (
      <div className={styles.page}>
        <WorkspaceSlot workspace={workspace} part="Page" />
      </div>
    );
  const showsRight = parts.Right && (selection !== null || parts.rightWithoutSelection);
  return (
    <>
      <WorkspaceSlot workspace={workspace} part="Layers" bare />
      <div className={styles.overlay} data-layers-open={layersOpen || wall}>
        <WorkspaceSlot workspace={workspace} part="MapOverlay" bare />
      </div>
      <MapTools workspace={workspace} />
      {parts.Left && !wall ? (
        <SidePanel side="left" panelRef={refOf('left')}>
          <WorkspaceSlot workspace={workspace} part="Left" />
        </SidePanel>
      ) : null}
      {showsRight && !wall ? (
        <SidePanel side="right" panelRef={refOf('right')}>
          <WorkspaceSlot workspace={workspace} part="Right" />
        </SidePanel>
      ) : null}
      {parts.Bottom && !wall ? (
        <SidePanel side="bottom" panelRef={refOf('bottom')}>
          <WorkspaceSlot workspace={workspace} part="Bottom" />
        </SidePanel>
      ) : null}
    </>
  );
}

function Refused({ workspace }: { workspace: Workspace }) {
  const t = useMessages(shellMessages);
  const roleName = useRoleName();
  return (
    <div className={styles.page}>
      <EmptyState title={t('refused', { name: t(workspace.id) })}>
        {t('refusedFix', { roles: workspace.roles.map(roleName).join(' · ') })}
      </EmptyState>
    </div>
  );
}
