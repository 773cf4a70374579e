/**
 * Headings of columns that name or describe persons. The product plans for places and times, never for people: such columns are
 * neither read nor shown nor kept.
 */
const PERSONAL =
  /姓名|报警人|当事人|嫌疑人|受害人|被害人|户主|联系人|证件|身份证|手机|电话|联系方式|车牌|号牌|护照|住址|出生|民族|银行卡|微信|(?:^|[^a-z])(?:(?:first|last|full|caller|victim|suspect|offender|person|driver|owner|reporter|complainant)_?\s?names?|callers?|victims?|suspects?|offenders?|complainants?|id_?\s?card|id_?\s?(?:no|number)\s?card|passport|ssn|phone|mobile|cell_?phone|telephone|tel|e-?mail|plates?|license_?\s?plates?|licence_?\s?plates?|vin|dob|date_?\s?of_?\s?birth|ethnicity|race|gender|sex)(?:$|[^a-z])/i;

/** Names that only look like a person's. */
const HARMLESS = /(?:street|road|place|beat|district|block|station|category|type)_?\s?name|报警时间|地名|街道/i;

export function isPersonalColumn(heading: string): boolean {
  const words = heading.normalize('NFKC').replace(/([a-z])([A-Z])/g, '$1 $2');
  return PERSONAL.test(words) && !HARMLESS.test(words);
}
