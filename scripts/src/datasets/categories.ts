import type { Name } from './dataset-files.ts';

/** A row of `categories.json`: one node of the bureau's dictionary. */
export interface DatasetCategory {
  id: number;
  parentId: number | null;
  name: Name;
  /** 1 (highest) to 4. */
  priority: number;
  /** Names from the root down to this node. */
  path: { zh: string[]; en: string[] };
}

/** id (two digits a level), zh, en, priority. The parent is the id without its last two digits. */
const CHENGDU: readonly (readonly [number, string, string, number])[] = [
  [1, '刑事', 'Crime', 2],
  [101, '盗窃', 'Theft', 3],
  [10101, '入室盗窃', 'Burglary', 2],
  [10102, '盗窃电动车', 'E-bike theft', 3],
  [10103, '扒窃', 'Pickpocketing', 3],
  [10104, '盗窃车内财物', 'Theft from vehicle', 3],
  [102, '抢劫抢夺', 'Robbery', 1],
  [10201, '抢劫', 'Robbery with violence', 1],
  [10202, '抢夺', 'Snatching', 1],
  [103, '诈骗', 'Fraud', 3],
  [10301, '电信网络诈骗', 'Telecom fraud', 2],
  [10302, '街面诈骗', 'Street fraud', 3],
  [104, '故意伤害', 'Assault causing injury', 1],
  [105, '故意毁坏财物', 'Criminal damage', 3],
  [2, '治安', 'Public order', 3],
  [201, '殴打他人', 'Fighting', 2],
  [202, '寻衅滋事', 'Provocation', 2],
  [203, '扰乱秩序', 'Disturbance', 3],
  [204, '赌博', 'Gambling', 3],
  [205, '醉酒滋事', 'Drunken disorder', 2],
  [3, '交通', 'Traffic', 3],
  [301, '交通事故', 'Collision', 2],
  [30101, '伤人事故', 'Injury collision', 1],
  [30102, '财损事故', 'Damage-only collision', 3],
  [302, '违法停车', 'Illegal parking', 4],
  [303, '交通拥堵', 'Congestion', 4],
  [304, '涉嫌酒驾', 'Suspected drink-driving', 2],
  [4, '求助', 'Assistance', 3],
  [401, '走失寻人', 'Missing person', 2],
  [402, '人员受困', 'Person trapped', 2],
  [403, '物品遗失', 'Lost property', 4],
  [404, '醉酒求助', 'Drunk person in need', 3],
  [405, '急病救助', 'Medical help', 1],
  [406, '落水救援', 'Water rescue', 1],
  [5, '纠纷', 'Dispute', 3],
  [501, '邻里纠纷', 'Neighbour dispute', 3],
  [502, '家庭纠纷', 'Domestic dispute', 2],
  [503, '经济纠纷', 'Financial dispute', 4],
  [504, '消费纠纷', 'Consumer dispute', 4],
  [505, '劳资纠纷', 'Labour dispute', 3],
  [6, '投诉举报', 'Complaint', 4],
  [601, '噪音扰民', 'Noise', 4],
  [602, '举报线索', 'Tip-off', 3],
  [603, '警务投诉', 'Complaint about police', 4],
];

/** Location types of the Chicago file become the third level: the file holds one offence group and nothing finer. */
const CHICAGO: readonly (readonly [number, string, string, number])[] = [
  [1, '暴力犯罪', 'Violent crime', 1],
  [101, '严重伤害', 'Aggravated assault', 1],
  [10101, '街道', 'street', 1],
  [10102, '住宅', 'residence', 1],
  [10103, '教育场所', 'education', 1],
  [10104, '开放空间', 'open space', 1],
  [10105, '零售场所', 'retail', 1],
  [10106, '休闲场所', 'leisure', 1],
  [10107, '交通场所', 'transportation', 1],
  [10108, '车辆内', 'vehicle', 1],
  [10109, '政府场所', 'government', 1],
  [10110, '医疗场所', 'healthcare', 1],
  [10111, '商业场所', 'commercial', 1],
  [10112, '酒店', 'hotel', 1],
  [10113, '其他', 'other', 1],
];

function withPaths(rows: readonly (readonly [number, string, string, number])[]): DatasetCategory[] {
  const byId = new Map<number, DatasetCategory>();
  for (const [id, zh, en, priority] of rows) {
    const parent = byId.get(Math.floor(id / 100));
    byId.set(id, {
      id,
      parentId: parent?.id ?? null,
      name: { zh, en },
      priority,
      path: { zh: [...(parent?.path.zh ?? []), zh], en: [...(parent?.path.en ?? []), en] },
    });
  }
  return [...byId.values()];
}

export const CHENGDU_CATEGORIES = withPaths(CHENGDU);
export const CHICAGO_CATEGORIES = withPaths(CHICAGO);
