/** Message ids of JT/T 808 that this gateway reads. */
export const MESSAGE = {
  terminalReply: 0x0001,
  heartbeat: 0x0002,
  logout: 0x0003,
  registration: 0x0100,
  authentication: 0x0102,
  position: 0x0200,
  positionBatch: 0x0704,
} as const;

/** Message ids that it sends. */
export const REPLY = { general: 0x8001, resend: 0x8003, registration: 0x8100 } as const;

/** Results of the general reply 0x8001. */
export const RESULT = { ok: 0, failed: 1, wrong: 2, unsupported: 3 } as const;
export type Result = (typeof RESULT)[keyof typeof RESULT];

/** Results of the registration reply 0x8100; a terminal that hears `alreadyRegistered` goes on with the code it holds. */
export const REGISTRATION_RESULT = { ok: 0, alreadyRegistered: 3 } as const;

/** Length field of the properties: ten bits. */
export const MAX_BODY_BYTES = 1023;
/** The longest header (2019 with sub-packages), the longest body, the checksum. */
export const MAX_FRAME_BYTES = 21 + MAX_BODY_BYTES + 1;

/** Why a frame is not a message. */
export const FRAME_FAULTS = ['overlong', 'short', 'checksum', 'length'] as const;
export type FrameFault = (typeof FRAME_FAULTS)[number];
