import type { DeviceCoordinateSystem } from '@xunfang/geo-data/contract';
import { createSystemEvidence, type SystemEvidence } from './device-coordinates.ts';
import type { LastPlace } from './plausibility-gate.ts';
import { createTokenBucket, type TokenBucket } from './token-bucket.ts';

/** What the registry knows of a device from the database. */
export interface DeviceSettings {
  id: number;
  bureauId: number;
  identifier: string;
  unitId: number | null;
  coordinateSystem: DeviceCoordinateSystem;
  suspectedSystem: DeviceCoordinateSystem | null;
  checksSpeed: boolean;
  /** null: the default. */
  messagesPerMinute: number | null;
}

/** A device that may report, and what it has reported since the counts were last stored. */
export interface RegisteredDevice extends DeviceSettings {
  messages: number;
  accepted: number;
  refused: number;
  refusedByReason: Map<string, number>;
  lastSeenMs: number;
  /** As it came; written out when the counts are stored. */
  lastMessage: { protocol: string; raw: unknown } | null;
  /** Where it was last believed. */
  last: LastPlace;
  bucket: TokenBucket;
  evidence: SystemEvidence;
}

export function createRegisteredDevice(
  settings: Pick<DeviceSettings, 'id' | 'bureauId' | 'identifier' | 'unitId'> & Partial<DeviceSettings>,
): RegisteredDevice {
  const { id, bureauId, identifier, unitId, coordinateSystem = 'WGS84' } = settings;
  return {
    id,
    bureauId,
    identifier,
    unitId,
    coordinateSystem,
    suspectedSystem: settings.suspectedSystem ?? null,
    checksSpeed: settings.checksSpeed ?? true,
    messagesPerMinute: settings.messagesPerMinute ?? null,
    messages: 0,
    accepted: 0,
    refused: 0,
    refusedByReason: new Map(),
    lastSeenMs: 0,
    lastMessage: null,
    last: { fixedAtMs: Number.NaN, lon: Number.NaN, lat: Number.NaN, accuracyMeters: Number.NaN },
    bucket: createTokenBucket(),
    evidence: createSystemEvidence(coordinateSystem),
  };
}

/** Takes over what was changed of a device. Under another coordinate system nothing of its past says anything. */
export function updateDevice(device: RegisteredDevice, settings: DeviceSettings): void {
  device.identifier = settings.identifier;
  device.unitId = settings.unitId;
  device.messagesPerMinute = settings.messagesPerMinute;
  device.checksSpeed = settings.checksSpeed;
  if (device.coordinateSystem === settings.coordinateSystem) return;
  device.coordinateSystem = settings.coordinateSystem;
  device.suspectedSystem = null;
  device.evidence = createSystemEvidence(settings.coordinateSystem);
  device.last.fixedAtMs = Number.NaN;
}

/** Counts one refusal and its reason. */
export function countRefusal(device: RegisteredDevice, reason: string, times = 1): void {
  device.refused += times;
  device.refusedByReason.set(reason, (device.refusedByReason.get(reason) ?? 0) + times);
}
