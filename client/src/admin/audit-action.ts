import { useMessages } from '../i18n/index.ts';
import { adminMessages } from './messages.ts';

const NAMES = {
  'session.started': 'sessionStarted',
  'session.ended': 'sessionEnded',
  'session.refused': 'sessionRefused',
  'password.changed': 'passwordChanged',
  'account.created': 'accountCreated',
  'account.changed': 'accountChanged',
  'api_key.created': 'apiKeyCreated',
  'api_key.revoked': 'apiKeyRevoked',
  'device.registered': 'deviceRegistered',
  'device.revoked': 'deviceRevokedAction',
  'device.changed': 'deviceChanged',
  'device.key_rotated': 'deviceKeyRotated',
  'device.key_overlap_ended': 'deviceKeyOverlapEnded',
  'device.positions_read': 'devicePositionsRead',
  'device.enrolment_opened': 'deviceEnrolmentOpened',
  'device.enrolment_closed': 'deviceEnrolmentClosed',
  'device.enrolled': 'deviceEnrolled',
  'terminals.opened': 'terminalsOpened',
  'terminals.closed': 'terminalsClosed',
  'terminal.refused': 'terminalRefused',
  'terminal.refusal_taken_back': 'terminalRefusalTakenBack',
  'position_settings.changed': 'positionSettingsChanged',
  'position_settings.reset': 'positionSettingsReset',
  'plan.designed': 'planDesigned',
  'plan.published': 'planPublished',
  'plan.withdrawn': 'planWithdrawn',
  'plan.printed': 'planPrinted',
  'draft.proposal-taken': 'draftProposalTaken',
  'track.read': 'trackRead',
  'geofence.created': 'geofenceCreated',
  'geofence.changed': 'geofenceChanged',
  'geofence.removed': 'geofenceRemoved',
  'alarm.raised': 'alarmRaised',
  'alarm.acknowledged': 'alarmAcknowledged',
  'alarm.closed': 'alarmClosed',
  'tracks.archived': 'tracksArchived',
  'tracks.restored': 'tracksRestored',
  'crossings.deleted': 'crossingsDeleted',
  'alarms.deleted': 'alarmsDeleted',
  'track_policy.changed': 'trackPolicyChanged',
  'incident.changed': 'incidentChanged',
  'incidents.ingested': 'incidentsIngested',
  'import.uploaded': 'importUploaded',
  'import.started': 'importStarted',
  'import.cancelled': 'importCancelled',
  'import.finished': 'importFinished',
} as const;

/** What an audited action is called; one of a newer server keeps its code. */
export function useActionName(): (action: string) => string {
  const t = useMessages(adminMessages);
  return (action) => (action in NAMES ? t(NAMES[action as keyof typeof NAMES]) : action);
}
