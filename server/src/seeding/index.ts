export { DEMONSTRATION_BUREAU, type SeedContext, type SeedStep, seedInstallation } from './seed-installation.ts';
export { simulatorFile } from './seed-roster.ts';
export { readSignIns, type SignIn } from './sign-in.ts';
