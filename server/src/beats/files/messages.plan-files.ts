import { type MessageTable, registerMessages } from '../../platform/index.ts';

/** The codes PLAN_FILE_… are those of `PlanFileError`, PLAN_FEATURE_… those of findings. */
const PLAN_FILE_MESSAGES: MessageTable = {
  PLAN_FILE_UNKNOWN_FORMAT: {
    zh: { message: '无法识别文件格式。', fix: '请提供 GeoJSON、KML、KMZ，或包含 .shp、.dbf、.prj 的 zip 压缩包。' },
    en: {
      message: 'The format of the file is unknown.',
      fix: 'Give GeoJSON, KML, KMZ, or a zip with .shp, .dbf and .prj.',
    },
  },
  PLAN_FILE_UNREADABLE: {
    zh: { message: '文件损坏，无法读取：{detail}。', fix: '请重新导出后再试。' },
    en: { message: 'The file is damaged and cannot be read: {detail}.', fix: 'Export it again and retry.' },
  },
  PLAN_FILE_ZIP_TOO_LARGE: {
    zh: { message: '压缩包解压后超过 {most} 字节，或条目过多。', fix: '请只保留方案的图层。' },
    en: {
      message: 'The archive unpacks to more than {most} bytes, or has too many entries.',
      fix: 'Keep only the layers of the plan in it.',
    },
  },
  PLAN_FILE_NO_AREAS: {
    zh: { message: '文件中没有面要素。', fix: '请提供以多边形表示巡区的文件。' },
    en: { message: 'The file has no areas.', fix: 'Give a file whose beats are polygons.' },
  },
  PLAN_FILE_TOO_MANY_FEATURES: {
    zh: { message: '文件有 {features} 个要素，最多 {most} 个。', fix: '请只保留巡区与防区。' },
    en: { message: 'The file has {features} features; {most} are the most.', fix: 'Keep only beats and zones.' },
  },
  PLAN_FILE_TOO_MANY_VERTICES: {
    zh: { message: '文件的顶点超过 {most} 个。', fix: '请先化简边界。' },
    en: { message: 'The file has more than {most} vertices.', fix: 'Simplify the outlines first.' },
  },
  PLAN_FILE_TOO_SLOW: {
    zh: { message: '文件过于复杂，一分钟内无法读完。', fix: '请先化简边界。' },
    en: { message: 'The file is too intricate to be read within a minute.', fix: 'Simplify the outlines first.' },
  },
  PLAN_FILE_UNKNOWN_SYSTEM: {
    zh: { message: '无法识别坐标系“{system}”。', fix: '请转换为 WGS 84 或 CGCS2000 后再导入。' },
    en: {
      message: 'The coordinate system "{system}" is unknown.',
      fix: 'Convert the file to WGS 84 or CGCS2000 and import that.',
    },
  },
  PLAN_FILE_REJECTED: {
    zh: { message: '{count} 个要素有误，未导入任何内容；首个：{name}，{reason}', fix: '请更正文件后重新导入。' },
    en: {
      message: '{count} features are wrong and nothing was imported; the first: {name}, {reason}',
      fix: 'Correct the file and import it again.',
    },
  },
  PLAN_FILE_ELSEWHERE: {
    zh: { message: '文件中的区域都不在辖区内。', fix: '请检查分局与坐标系（如 GCJ-02）是否正确。' },
    en: {
      message: 'None of the areas lies in this bureau.',
      fix: 'Check the bureau and the coordinate system (GCJ-02, for example).',
    },
  },
  PLAN_FEATURE_BAD_COORDINATES: {
    zh: { message: '坐标无效，或与所选坐标系不符。' },
    en: { message: 'Its coordinates are no places, or not of the system chosen.' },
  },
  PLAN_FEATURE_RING_TOO_SHORT: {
    zh: { message: '边界少于三个顶点。' },
    en: { message: 'An outline has fewer than three corners.' },
  },
  PLAN_FEATURE_SELF_CROSSING: {
    zh: { message: '边界在 {lon}, {lat} 处自相交。' },
    en: { message: 'The outline crosses itself at {lon}, {lat}.' },
  },
  PLAN_FEATURE_NO_POLYGON: { zh: { message: '不是面要素。' }, en: { message: 'It is no area.' } },
  PLAN_FEATURE_OUTSIDE: { zh: { message: '不在辖区内。' }, en: { message: 'It lies outside of the bureau.' } },
  PLAN_FEATURE_NO_ATOM: {
    zh: { message: '没有任何网格单元以它为主。' },
    en: { message: 'No atom lies mostly in it.' },
  },
  PLAN_FEATURE_ZONE_EMPTY: { zh: { message: '防区没有巡区。' }, en: { message: 'The zone has no beats.' } },
};

registerMessages(PLAN_FILE_MESSAGES);
