import { registerMessages } from '../platform/index.ts';

registerMessages({
  FENCE_NAMELESS: {
    zh: { message: '围栏没有名称。', fix: '请填写中文名称。' },
    en: { message: 'The fence has no name.', fix: 'Give it a Chinese name.' },
  },
  FENCE_TOO_FEW_POINTS: {
    zh: { message: '第 {ring} 圈不足三个顶点。', fix: '请至少画三个点。' },
    en: { message: 'Ring {ring} has fewer than three corners.', fix: 'Draw at least three.' },
  },
  FENCE_NOT_CLOSED: {
    zh: { message: '第 {ring} 圈没有闭合。', fix: '首尾两点应相同。' },
    en: { message: 'Ring {ring} is not closed.', fix: 'Its last position must be its first.' },
  },
  FENCE_NOT_A_PLACE: {
    zh: { message: '第 {ring} 圈含有不是经纬度的坐标。', fix: '请使用 WGS 84 经度、纬度。' },
    en: { message: 'Ring {ring} holds coordinates that are no place.', fix: 'Use longitude, latitude in WGS 84.' },
  },
  FENCE_CROSSES_ITSELF: {
    zh: { message: '第 {ring} 圈在 {place} 处自相交。', fix: '请移动该处的顶点。' },
    en: { message: 'Ring {ring} crosses itself at {place}.', fix: 'Move the corners there.' },
  },
  FENCE_RINGS_CROSS: {
    zh: { message: '第 {ring} 圈在 {place} 处与另一圈相交或相接。', fix: '请把两圈分开。' },
    en: { message: 'Ring {ring} meets another at {place}.', fix: 'Move them apart.' },
  },
  FENCE_HOLE_OUTSIDE: {
    zh: { message: '第 {ring} 圈（空洞，{place}）不在外圈之内。', fix: '请把空洞画在围栏里面。' },
    en: { message: 'Ring {ring}, a hole at {place}, lies outside its border.', fix: 'Draw holes within the fence.' },
  },
  FENCE_OVERLAPS: {
    zh: { message: '第 {ring} 圈（{place}）与另一圈重叠。', fix: '空洞不能套空洞，各部分不能重叠。' },
    en: { message: 'Ring {ring} at {place} lies within another.', fix: 'Holes and parts must lie apart.' },
  },
  FENCE_TOO_MANY_POINTS: {
    zh: { message: '围栏有 {points} 个顶点，上限为 {most}。', fix: '请简化边界。' },
    en: { message: 'The fence has {points} corners; {most} are allowed.', fix: 'Simplify its border.' },
  },
  FENCE_TOO_SMALL: {
    zh: {
      message: '围栏面积 {squareMeters} 平方米，小于 {least} 平方米。',
      fix: '定位精度达不到这么小的范围，请画大一些。',
    },
    en: {
      message: 'The fence covers {squareMeters} m², less than {least} m².',
      fix: 'Positions are not that exact: draw it larger.',
    },
  },
  FENCE_OUTSIDE_BUREAU: {
    zh: { message: '围栏不在本分局范围内。', fix: '请检查坐标，或切换分局。' },
    en: { message: 'The fence lies outside the bureau.', fix: 'Check the coordinates, or switch the bureau.' },
  },
  FENCE_UNIT_UNKNOWN: {
    zh: { message: '本分局没有编号为 {id} 的警力。', fix: '请从名册中选择。' },
    en: { message: 'There is no unit {id} in this bureau.', fix: 'Choose from the roster.' },
  },
  FENCE_TOO_MANY: {
    zh: { message: '本分局已有 {most} 个围栏。', fix: '请先删除不再使用的围栏。' },
    en: { message: 'The bureau has {most} fences already.', fix: 'Remove some that are no longer used.' },
  },
  FENCE_CHANGED: {
    zh: { message: '{by} 已修改此围栏（版本 {current}，您的是 {revision}）。', fix: '请重新打开后再修改。' },
    en: {
      message: '{by} has changed this fence (revision {current}, yours is {revision}).',
      fix: 'Open it again, then change it.',
    },
  },
});
