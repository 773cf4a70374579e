import type { Bilingual, Place } from '@xunfang/geo-data/contract';
import type { BookOrder, BookPlan } from './book-order.ts';
import type { Sign } from './beat-contents.ts';
import type { COMPASS } from './neighbours-of-beats.ts';

const ZH = {
  book: '巡防方案册',
  demonstration: '演示数据',
  demonstrationNote: '警情、点位由程序生成，仅供演示，不可据此执勤。',
  version: '第 {version} 版',
  pageOf: '第 {page} / {pages} 页',
  contents: '目录与数据',
  continued: '（续）',
  period: '生效时段',
  untilFurther: '至另行通知',
  notInForce: '尚未生效',
  variant: '适用',
  shift: { all: '全天', day: '白班', night: '夜班' },
  duty: '{level} 级勤务',
  everyDuty: '各级勤务',
  made: '编制',
  submitted: '提交',
  approved: '批准',
  approvedAt: '{who}，{at}',
  installed: '随系统安装，未经审批',
  notApproved: '未批准',
  basis: '数据依据',
  basisOf: '{from} 至 {to} 的 {count} 起警情',
  dated: '修订时间',
  cells: '网格',
  cellsOf: 'H3 {resolution} 级',
  state: {
    draft: '草案',
    submitted: '待审批',
    approved: '已批准',
    published: '已发布',
    superseded: '已被取代',
    withdrawn: '已撤回',
  },
  mark: {
    draft: '草案',
    submitted: '待审批',
    approved: '未发布',
    published: '',
    superseded: '已作废',
    withdrawn: '已撤回',
  },
  zones: '防区',
  beats: '巡区',
  zone: '防区',
  beat: '巡区',
  number: '编号',
  area: '面积',
  perimeter: '周长',
  streetLength: '道路',
  incidents: '警情',
  workload: '工作量',
  meanWorkload: '平均工作量',
  deviation: '偏离均值',
  worst: '最大偏离',
  tolerance: '允许 ±{share}',
  compactness: '紧凑度',
  response: '预计响应',
  responseColumn: '预计响应 分',
  minutes: '分钟',
  keyPlaces: '重点部位',
  page: '页',
  km: 'km',
  km2: 'km²',
  neighbours: '相邻巡区',
  noNeighbours: '没有相邻的巡区',
  border: '共界 {km} km',
  places: '点位',
  noPlaces: '本巡区没有登记点位',
  streets: '道路',
  streetsIn: '道路（区内长度）',
  nameless: '未命名道路',
  noRoads: '本辖区没有道路数据。',
  noStreets: '本巡区内没有道路',
  tier: '{minutes} 分钟圈',
  legend: '图例',
  legendZone: '防区界',
  legendBeat: '巡区界',
  legendOwn: '本巡区',
  legendNumber: '巡区编号',
  legendHue: '颜色只用于区分相邻巡区',
  signs: {
    station: '派出所、警务站',
    keyPlace: '重点部位',
    post: '勤务点',
    camera: '卡口',
    other: '其他地点',
  } satisfies Record<Sign, string>,
  compass: { n: '北', ne: '东北', e: '东', se: '东南', s: '南', sw: '西南', w: '西', nw: '西北' } satisfies Record<
    (typeof COMPASS)[number],
    string
  >,
  north: '北',
  scale: '比例尺 1:{scale}',
  printAt: 'A4 原大打印时成立',
  noFigures: '本方案没有数据。',
  notes: '说明',
  workloadNote: '工作量：按警情等级加权，另计少量道路与面积基数；偏离：与各巡区均值之差。',
  responseNote:
    '预计响应：超立方排队模型，每巡区一车，行程为直线的 {detour} 倍、{speed} km/h，现场处置 {scene} 分钟；仅为模型估计。',
  compactNote: '紧凑度：面积与同周长圆的面积之比，圆为 1。',
  sources: '数据来源',
  madeBy: '由巡防一张图编制',
  timeZone: '时间均为 {zone}',
};

const EN: typeof ZH = {
  book: 'Patrol plan book',
  demonstration: 'Demonstration data',
  demonstrationNote: 'Incidents and places are generated for demonstration; do not patrol by them.',
  version: 'Version {version}',
  pageOf: 'Page {page} of {pages}',
  contents: 'Contents and figures',
  continued: ' (continued)',
  period: 'In force',
  untilFurther: 'until further notice',
  notInForce: 'not yet in force',
  variant: 'For',
  shift: { all: 'all day', day: 'day shift', night: 'night shift' },
  duty: 'duty level {level}',
  everyDuty: 'every duty level',
  made: 'Made by',
  submitted: 'Submitted by',
  approved: 'Approved by',
  approvedAt: '{who}, {at}',
  installed: 'came with the installation, not reviewed',
  notApproved: 'not approved',
  basis: 'Made from',
  basisOf: '{count} incidents from {from} to {to}',
  dated: 'Revised',
  cells: 'Cells',
  cellsOf: 'H3 resolution {resolution}',
  state: {
    draft: 'Draft',
    submitted: 'In review',
    approved: 'Approved',
    published: 'Published',
    superseded: 'Superseded',
    withdrawn: 'Withdrawn',
  },
  mark: {
    draft: 'DRAFT',
    submitted: 'IN REVIEW',
    approved: 'NOT PUBLISHED',
    published: '',
    superseded: 'SUPERSEDED',
    withdrawn: 'WITHDRAWN',
  },
  zones: 'Zones',
  beats: 'Beats',
  zone: 'Zone',
  beat: 'Beat',
  number: 'No.',
  area: 'Area',
  perimeter: 'Perimeter',
  streetLength: 'Streets',
  incidents: 'Incidents',
  workload: 'Workload',
  meanWorkload: 'Mean workload',
  deviation: 'Off mean',
  worst: 'Worst deviation',
  tolerance: '±{share} allowed',
  compactness: 'Compactness',
  response: 'Exp. response',
  responseColumn: 'Response min',
  minutes: 'min',
  keyPlaces: 'Key places',
  page: 'Page',
  km: 'km',
  km2: 'km²',
  neighbours: 'Neighbouring beats',
  noNeighbours: 'No beat adjoins this one',
  border: '{km} km of border',
  places: 'Places',
  noPlaces: 'This beat has no registered places',
  streets: 'Streets',
  streetsIn: 'Streets (length within)',
  nameless: 'Streets without a name',
  noRoads: 'There are no street data for this bureau.',
  noStreets: 'There are no streets in this beat',
  tier: 'within {minutes} min',
  legend: 'Legend',
  legendZone: 'Zone border',
  legendBeat: 'Beat border',
  legendOwn: 'This beat',
  legendNumber: 'Number of the beat',
  legendHue: 'Hues only part neighbouring beats',
  signs: {
    station: 'Station, outpost',
    keyPlace: 'Key place',
    post: 'Post',
    camera: 'Camera gate',
    other: 'Other place',
  },
  compass: { n: 'N', ne: 'NE', e: 'E', se: 'SE', s: 'S', sw: 'SW', w: 'W', nw: 'NW' },
  north: 'N',
  scale: 'Scale 1:{scale}',
  printAt: 'when printed on A4 at 100 %',
  noFigures: 'This plan has no figures.',
  notes: 'Notes',
  workloadNote:
    'Workload: incidents weighed by priority and a small base for streets and area; off mean: against the mean of all beats.',
  responseNote:
    'Expected response: hypercube queueing model, one unit a beat, drives {detour} times the straight line at {speed} km/h, {scene} min at the scene; an estimate of the model only.',
  compactNote: 'Compactness: area over that of a circle of the same perimeter.',
  sources: 'Data',
  madeBy: 'Made with Xunfang',
  timeZone: 'Times are those of {zone}',
};

const KINDS: Record<Place['kind'], Bilingual> = {
  school: { zh: '学校', en: 'School' },
  hospital: { zh: '医院', en: 'Hospital' },
  station: { zh: '车站', en: 'Railway or coach station' },
  bank: { zh: '银行', en: 'Bank' },
  market: { zh: '市场、夜市', en: 'Market' },
  mall: { zh: '商场', en: 'Mall' },
  estate: { zh: '老旧小区', en: 'Old estate' },
  venue: { zh: '娱乐场所', en: 'Venue' },
  water_site: { zh: '涉水部位', en: 'Water site' },
  government: { zh: '机关单位', en: 'Government office' },
  park: { zh: '公园广场', en: 'Park, square' },
  metro: { zh: '地铁站', en: 'Metro station' },
  police_station: { zh: '派出所', en: 'Police station' },
  outpost: { zh: '快反前哨、街面警务站', en: 'Outpost' },
  standing_point: { zh: '驻勤点、屯警点', en: 'Standing point' },
  mandatory_point: { zh: '必巡点', en: 'Mandatory point' },
  school_post: { zh: '护学岗', en: 'School post' },
  checkpoint: { zh: '卡点', en: 'Checkpoint' },
  camera_gate: { zh: '卡口', en: 'Camera gate' },
  blocking_point: { zh: '应急堵控点', en: 'Blocking point' },
  area: { zh: '片区', en: 'Neighbourhood' },
};

/** The book's texts, numbers and times in its language and the bureau's time zone. */
export interface Words {
  t: typeof ZH;
  /** `{name}` in a text is replaced. */
  fill: (text: string, params: Record<string, string | number>) => string;
  name: (name: Bilingual) => string;
  kind: (kind: Place['kind']) => string;
  /** Rounded half away from zero on the decimal as written; '—' for what there is not. */
  number: (value: number | undefined, digits?: 0 | 1 | 2) => string;
  percent: (share: number | undefined, digits?: 0 | 1, signed?: boolean) => string;
  /** Year first, 24 h; two styles. */
  instant: (at: string, style?: 'minute' | 'day') => string;
}

const NONE = '—';

export function wordsOf({ language, bureau }: Pick<BookOrder, 'language' | 'bureau'>): Words {
  const decimals = [0, 1, 2].map(
    (digits) =>
      new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en', {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }),
  );
  const number = (value: number | undefined, digits: 0 | 1 | 2 = 0): string =>
    value === undefined || !Number.isFinite(value)
      ? NONE
      : // As text: the decimal as written, not the binary fraction nearest to it.
        decimals[digits].format(String(value) as `${number}`);
  const days = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  const formatOf = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('sv-SE', { ...days, ...options, timeZone: bureau.timeZone, hourCycle: 'h23' });
  const formats = { day: formatOf({}), minute: formatOf({ hour: '2-digit', minute: '2-digit' }) };
  return {
    t: language === 'zh' ? ZH : EN,
    fill: (text, params) => text.replace(/\{(\w+)\}/g, (_, key: string) => String(params[key])),
    name: (name) => name[language],
    kind: (kind) => KINDS[kind][language],
    number,
    percent: (share, digits = 1, signed = false) => {
      if (share === undefined || !Number.isFinite(share)) return NONE;
      const sign = share < 0 ? '−' : signed && share > 0 ? '+' : '';
      return `${sign}${number(Math.abs(share) * 100, digits)} %`;
    },
    instant: (at, style = 'minute') => formats[style].format(Date.parse(at)),
  };
}

/** From when to when, or that it isn't. */
export function periodOf(plan: BookPlan, { t, instant }: Words): string {
  if (plan.effectiveFrom === null) return t.notInForce;
  return `${instant(plan.effectiveFrom)} – ${plan.effectiveTo === null ? t.untilFurther : instant(plan.effectiveTo)}`;
}

/** Who approved it and when; the plan that came with the installation nobody did. */
export function approvalOf(plan: BookPlan, { t, fill, instant }: Words): string {
  if (plan.approvedBy === null) return plan.state === 'published' ? t.installed : t.notApproved;
  return plan.approvedAt === null
    ? plan.approvedBy
    : fill(t.approvedAt, { who: plan.approvedBy, at: instant(plan.approvedAt) });
}
