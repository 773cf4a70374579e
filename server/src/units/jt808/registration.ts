import iconv from 'iconv-lite';

/** 0x0100: what a terminal says of itself. Text is GBK. */
export interface Registration {
  phone: string;
  provinceId: number;
  cityId: number;
  manufacturer: string;
  model: string;
  terminalId: string;
  plateColour: number;
  plate: string;
}

/** 0x0102: the code that it was given; the edition of 2019 adds IMEI and software version. */
export interface Authentication {
  code: string;
  imei: string;
  softwareVersion: string;
}

/** Widths of manufacturer, model and terminal id. */
const WIDTHS_2019 = [11, 30, 30] as const;
const WIDTHS_2013 = [5, 20, 7] as const;
/** Terminals of 2011 say 2013 and have a short model. */
const WIDTHS_2011 = [5, 8, 7] as const;
const AREA_BYTES = 4;
const IMEI_BYTES = 15;
const MAX_CODE_BYTES = 128;

/** Undefined when the body is too short for its edition. */
export function readRegistration(body: Uint8Array, edition2019: boolean, phone: string): Registration | undefined {
  const widths = edition2019 ? WIDTHS_2019 : body.length < fixedBytes(WIDTHS_2013) ? WIDTHS_2011 : WIDTHS_2013;
  if (body.length < fixedBytes(widths)) return undefined;
  const [manufacturerBytes, modelBytes, terminalIdBytes] = widths;
  const model = AREA_BYTES + manufacturerBytes;
  const terminalId = model + modelBytes;
  const colour = terminalId + terminalIdBytes;
  return {
    phone,
    provinceId: (body[0] << 8) | body[1],
    cityId: (body[2] << 8) | body[3],
    manufacturer: text(body, AREA_BYTES, model),
    model: text(body, model, terminalId),
    terminalId: text(body, terminalId, colour),
    plateColour: body[colour],
    plate: text(body, colour + 1, body.length),
  };
}

/** Undefined when there is no code, or its length runs over the body. */
export function readAuthentication(body: Uint8Array, edition2019: boolean): Authentication | undefined {
  const start = edition2019 ? 1 : 0;
  const end = edition2019 ? 1 + body[0] : body.length;
  if (!(end > start) || end > body.length || end - start > MAX_CODE_BYTES) return undefined;
  const code = text(body, start, end);
  if (code === '') return undefined;
  if (!edition2019) return { code, imei: '', softwareVersion: '' };
  const imeiEnd = Math.min(end + IMEI_BYTES, body.length);
  return { code, imei: text(body, end, imeiEnd), softwareVersion: text(body, imeiEnd, body.length) };
}

const fixedBytes = ([manufacturer, model, terminalId]: readonly [number, number, number]): number =>
  AREA_BYTES + manufacturer + model + terminalId + 1;

/** Fields are filled up with zeros, some terminals fill with blanks or in front. */
function text(bytes: Uint8Array, start: number, end: number): string {
  return iconv.decode(bytes.subarray(start, end), 'gbk').replaceAll('\0', '').trim();
}
