import {
  TrackArchiveParamsSchema,
  TrackArchiveSchema,
  TrackPolicyChangeSchema,
  TrackPolicySchema,
  TrackStorageSchema,
} from '@xunfang/geo-data/contract';
import {
  type Access,
  type Caller,
  type Doer,
  doerOf,
  type Module,
  problem,
  seesEveryBureau,
} from '../platform/index.ts';
import type { TrackStorageService } from './track-storage.service.ts';

const TAGS = ['tracks'];
const readPolicy: Access = { roles: ['dispatcher', 'supervisor', 'admin', 'auditor'], bureau: 'none' };
const readStorage: Access = { roles: ['admin', 'auditor'], bureau: 'none' };
const change: Access = { roles: ['admin'], bureau: 'none' };

export function registerTrackStorageRoutes(app: Parameters<Module>[0], storage: TrackStorageService): void {
  app.get(
    '/api/track-policy',
    {
      config: { access: readPolicy },
      schema: {
        tags: TAGS,
        summary: 'How long tracks stay, and from when on their purpose is asked for',
        response: { 200: TrackPolicySchema },
      },
    },
    () => storage.policy(),
  );

  app.patch(
    '/api/track-policy',
    {
      config: { access: change },
      schema: {
        tags: TAGS,
        summary: 'Change it for the whole installation; what is left out stays',
        body: TrackPolicyChangeSchema,
        response: { 200: TrackPolicySchema },
      },
    },
    (request) => storage.changePolicy(request.body, doer(request)),
  );

  app.get(
    '/api/track-archives',
    {
      config: { access: readStorage },
      schema: {
        tags: TAGS,
        summary: 'What of the tracks is in the database and what in the archive',
        response: { 200: TrackStorageSchema },
      },
    },
    () => storage.storage(),
  );

  app.post(
    '/api/track-archives/:day/:part/restoration',
    {
      config: { access: change },
      schema: {
        tags: TAGS,
        summary: 'Bring an archived day back into the database for two weeks',
        params: TrackArchiveParamsSchema,
        response: { 200: TrackArchiveSchema },
      },
    },
    (request) => storage.restore(request.params.day, request.params.part, doer(request)),
  );
}

/** It concerns every bureau: an administrator of one does not decide it. */
function doer(request: { caller: Caller; ip: string }): Doer {
  if (!seesEveryBureau(request.caller)) problem(409, 'TRACK_POLICY_OF_ALL');
  return doerOf(request);
}
