import type { PositionSettingsChange, PositionSettingsWithDefaults } from '@xunfang/geo-data/contract';
import { audit, type Db, type Doer, problem } from '../platform/index.ts';
import { disorderedKind, mergeChanges, positionSettingsOf } from './position-settings.ts';
import { unitsRepository } from './units.repository.ts';
import type { UnitsService } from './units.service.ts';
import './messages.units.ts';

export type PositionSettingsService = ReturnType<typeof positionSettingsService>;

/** What a bureau believes of positions and how fast they grow old. A change raises the roster's revision: consoles ask again. */
export function positionSettingsService(db: Db, units: UnitsService) {
  const repository = unitsRepository(db);
  return {
    of: (bureauId: number): Promise<PositionSettingsWithDefaults> => units.positionSettings(bureauId),

    async change(bureauId: number, change: PositionSettingsChange, by: Doer): Promise<PositionSettingsWithDefaults> {
      if (Object.keys(change).length > 0) {
        await db.transaction().execute(async (trx) => {
          const changed = mergeChanges(await repository.positionSettings(bureauId, trx), change);
          const kind = disorderedKind(positionSettingsOf(changed, 0));
          if (kind !== undefined) problem(400, 'POSITION_AGES_DISORDERED', { kind }, { field: `kinds.${kind}` });
          await repository.setPositionSettings(bureauId, changed, trx);
          await audit(trx, { bureauId, action: 'position_settings.changed', detail: { change }, ...by });
          await repository.raiseRevision(bureauId, trx);
        });
        await units.followRosters();
      }
      return units.positionSettings(bureauId);
    },

    /** Back to the defaults. */
    async reset(bureauId: number, by: Doer): Promise<PositionSettingsWithDefaults> {
      await db.transaction().execute(async (trx) => {
        const before = await repository.positionSettings(bureauId, trx);
        if (Object.keys(before).length === 0) return;
        await repository.setPositionSettings(bureauId, {}, trx);
        await audit(trx, { bureauId, action: 'position_settings.reset', detail: { before }, ...by });
        await repository.raiseRevision(bureauId, trx);
      });
      await units.followRosters();
      return units.positionSettings(bureauId);
    },
  };
}
