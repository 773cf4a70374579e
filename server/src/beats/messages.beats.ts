import { type MessageTable, registerMessages } from '../platform/index.ts';

/** The codes DESIGN_… are those of geo-data's BeatDesignError, with its numbers as parameters. */
const BEATS_MESSAGES: MessageTable = {
  NO_PLAN_IN_FORCE: {
    zh: { message: '{at} 没有生效的巡防方案。', fix: '请发布一个方案，或选择其他时间。' },
    en: { message: 'No plan is in force at {at}.', fix: 'Publish a plan, or choose another time.' },
  },
  PLAN_BEGUN: {
    zh: { message: '方案“{name}”已经生效，不能撤回。', fix: '请发布新的方案来替换它。' },
    en: {
      message: 'The plan "{name}" has come into force and cannot be withdrawn.',
      fix: 'Publish another plan to replace it.',
    },
  },
  PLAN_WITHDRAWN: {
    zh: { message: '方案“{name}”已经撤回。', fix: '请另行设计新方案。' },
    en: { message: 'The plan "{name}" has been withdrawn.', fix: 'Design a new one.' },
  },
  DESIGN_PERIOD_EMPTY: {
    zh: { message: '依据时段无效：开始（{from}）不早于结束（{to}）。', fix: '请更正 incidentsFrom 与 incidentsTo。' },
    en: {
      message: 'The basis is empty: it starts ({from}) no earlier than it ends ({to}).',
      fix: 'Correct incidentsFrom and incidentsTo.',
    },
  },
  DESIGN_FEWER_ATOMS_THAN_BEATS: {
    zh: {
      message: '辖区只有 {atoms} 个原子单元，不足以划分 {beats} 个巡区。',
      fix: '请减少巡区数量，或提高网格分辨率。',
    },
    en: {
      message: 'The bureau has {atoms} atoms, too few for {beats} beats.',
      fix: 'Ask for fewer beats or a finer resolution.',
    },
  },
  DESIGN_MORE_ZONES_THAN_BEATS: {
    zh: { message: '{beats} 个巡区无法分入 {zones} 个防区：每个防区至少需要一个巡区。', fix: '请减少防区数量。' },
    en: { message: '{beats} beats cannot fill {zones} zones: each needs at least one.', fix: 'Ask for fewer zones.' },
  },
  DESIGN_NO_BEATS: {
    zh: { message: '巡区数（{beats}）和防区数（{zones}）都必须至少为 1。', fix: '请更正数量。' },
    en: { message: 'Beats ({beats}) and zones ({zones}) must be at least 1.', fix: 'Correct the numbers.' },
  },
  DESIGN_TOO_MANY_BEATS: {
    zh: { message: '巡区数 {beats} 超过上限 {most}。', fix: '请减少巡区数量。' },
    en: { message: '{beats} beats exceed the limit of {most}.', fix: 'Ask for fewer beats.' },
  },
  DESIGN_TOO_MANY_ATOMS: {
    zh: { message: '该分辨率下辖区约有 {atoms} 个原子单元，超过上限 {most}。', fix: '请降低网格分辨率。' },
    en: {
      message: 'At this resolution the bureau has about {atoms} atoms, over the limit of {most}.',
      fix: 'Take a coarser resolution.',
    },
  },
  DESIGN_DISCONNECTED_LAND: {
    zh: {
      message:
        '辖区由 {parts} 块互不相连的区域组成（最大一块 {largest} 个单元，其余 {elsewhere} 个），无法划分相连的巡区。',
      fix: '请修正辖区边界，或分块设计。',
    },
    en: {
      message:
        'The bureau lies in {parts} pieces that do not touch ({largest} atoms in the largest, {elsewhere} elsewhere): no contiguous division exists.',
      fix: 'Correct the boundary, or design each piece by itself.',
    },
  },
  DESIGN_NO_WORKLOAD: {
    zh: { message: '{atoms} 个单元的工作量均为 0，没有可均衡的依据。', fix: '请先导入警情，或选择其他时段。' },
    en: {
      message: 'All {atoms} atoms have no workload: there is nothing to balance.',
      fix: 'Import incidents first, or choose another period.',
    },
  },
  DESIGN_INVALID_TOLERANCE: {
    zh: { message: '容差 {tolerance} 无效，应大于 0 且不超过 1。', fix: '请更正容差。' },
    en: { message: 'The tolerance {tolerance} is invalid: expected more than 0 and at most 1.', fix: 'Correct it.' },
  },
};

registerMessages(BEATS_MESSAGES);
