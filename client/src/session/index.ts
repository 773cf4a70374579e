export { sessionMessages } from './messages.ts';
export { PasswordDialog } from './password-dialog.tsx';
export { useRoleName } from './role-name.ts';
export {
  askSession,
  signOut,
  useBureau,
  useBureauSlug,
  useBureauStore,
  useHasRole,
  useRoles,
  useSession,
  useSessionStore,
} from './session-store.ts';
export { SignInPage } from './sign-in-page.tsx';
