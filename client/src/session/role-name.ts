import type { Role } from '@xunfang/geo-data/contract';
import { useMessages } from '../i18n/index.ts';
import { sessionMessages } from './messages.ts';

const KEYS = {
  dispatcher: 'roleDispatcher',
  supervisor: 'roleSupervisor',
  analyst: 'roleAnalyst',
  admin: 'roleAdmin',
  auditor: 'roleAuditor',
  display: 'roleDisplay',
} as const;

/** What a role is called. */
export function useRoleName(): (role: Role) => string {
  const t = useMessages(sessionMessages);
  return (role) => t(KEYS[role]);
}
