import { type MessageTable, registerMessages } from '../platform/index.ts';

/** Drafts, the steps of a plan's life, the calendar. The codes DRAFT_EDIT_… are those of geo-data's PlanEditError. */
const PLANS_MESSAGES: MessageTable = {
  PLAN_NOT_DRAFT: {
    zh: { message: '方案“{name}”已不是草稿，不能修改或提交。', fix: '如需修改，请先退回或克隆为新草稿。' },
    en: {
      message: 'The plan "{name}" is no draft any more: it cannot be edited or submitted.',
      fix: 'Send it back, or clone it into a new draft.',
    },
  },
  PLAN_NOT_SUBMITTED: {
    zh: { message: '方案“{name}”不在审核中。', fix: '请先提交草稿。' },
    en: { message: 'The plan "{name}" is not under review.', fix: 'Submit the draft first.' },
  },
  PLAN_NOT_APPROVED: {
    zh: { message: '方案“{name}”尚未批准，不能发布。', fix: '请提交草稿并由他人批准。' },
    en: {
      message: 'The plan "{name}" is not approved and cannot be published.',
      fix: 'Submit the draft and have somebody else approve it.',
    },
  },
  PLAN_APPROVED_BY_AUTHOR: {
    zh: { message: '您参与了方案“{name}”的编制，不能批准。', fix: '请由未参与编制的主管批准。' },
    en: {
      message: 'You have a part in the plan "{name}" and cannot approve it.',
      fix: 'Ask a supervisor who did not work on it.',
    },
  },
  PLAN_REWRITES_HISTORY: {
    zh: { message: '{from} 起已有方案生效并计入统计，不能改写历史。', fix: '请选择最近一天以内或将来的时间。' },
    en: {
      message: 'A plan has been in force and counted since {from}: history is not rewritten.',
      fix: 'Choose a time within the last day or in the future.',
    },
  },
  PLAN_OTHER_ATOMS: {
    zh: {
      message: '方案“{name}”按另一套原子单元编制：{lon}, {lat} 处的单元与辖区现有单元不一致。',
      fix: '辖区边界已变更；请重新设计方案。',
    },
    en: {
      message: 'The plan "{name}" was made on other atoms: at {lon}, {lat} it differs from those of the bureau.',
      fix: 'The boundary has changed; design a new plan.',
    },
  },
  PLANS_OF_OTHER_ATOMS: {
    zh: { message: '两个方案的网格分辨率不同（{from} 与 {to}），无法比较。', fix: '请选择同一套原子单元上的方案。' },
    en: {
      message: 'The plans have different resolutions ({from} and {to}) and cannot be compared.',
      fix: 'Choose plans on the same atoms.',
    },
  },
  DRAFT_REVISION_STALE: {
    zh: { message: '草稿已到修订 {revision}，您基于修订 {madeOn}。', fix: '请重新载入草稿后再试。' },
    en: {
      message: 'The draft is at revision {revision}; yours is made on {madeOn}.',
      fix: 'Load the draft again and retry.',
    },
  },
  DRAFT_UNSOUND: {
    zh: { message: '草稿有 {count} 个问题（{problem}），不能提交。', fix: '请按检查清单逐一修正。' },
    en: {
      message: 'The draft has {count} problems ({problem}) and cannot be submitted.',
      fix: 'Mend them by the list of checks.',
    },
  },
  DRAFT_UNDO_UNKNOWN: {
    zh: { message: '要撤销的步骤不存在（草稿在修订 {revision}）。', fix: '请重新载入草稿。' },
    en: {
      message: 'The step to undo does not exist (the draft is at revision {revision}).',
      fix: 'Load the draft again.',
    },
  },
  DRAFT_FULL: {
    zh: { message: '同时打开该草稿的窗口过多。', fix: '请先关闭其他窗口。' },
    en: { message: 'Too many windows have this draft open.', fix: 'Close some first.' },
  },
  DRAFT_EDIT_COLUMNS_DIFFER: {
    zh: { message: '编辑的各列长度不一致。', fix: '这是程序错误，请重新载入草稿。' },
    en: {
      message: 'The columns of the edit differ in length.',
      fix: 'This is a fault of the program; load the draft again.',
    },
  },
  DRAFT_EDIT_ATOMS_NOT_ASCENDING: {
    zh: { message: '编辑中的单元 {atom} 未按升序排列。', fix: '这是程序错误，请重新载入草稿。' },
    en: {
      message: 'Atom {atom} of the edit is out of order.',
      fix: 'This is a fault of the program; load the draft again.',
    },
  },
  DRAFT_EDIT_ATOM_UNKNOWN: {
    zh: { message: '草稿中没有单元 {atom}。', fix: '编辑可能属于另一套原子单元，请重新载入草稿。' },
    en: { message: 'The draft has no atom {atom}.', fix: 'The edit may belong to other atoms; load the draft again.' },
  },
  DRAFT_EDIT_BEFORE_DIFFERS: {
    zh: { message: '单元 {atom} 的状态与编辑所依据的不同。', fix: '请重新载入草稿后重做。' },
    en: { message: 'Atom {atom} is not as the edit found it.', fix: 'Load the draft again and redo the edit.' },
  },
  DRAFT_EDIT_BEAT_UNKNOWN: {
    zh: { message: '草稿中没有巡区 {key}，或已被移除。', fix: '请重新载入草稿。' },
    en: { message: 'The draft has no beat {key}, or it was removed.', fix: 'Load the draft again.' },
  },
  DRAFT_EDIT_ZONE_UNKNOWN: {
    zh: { message: '草稿中没有防区 {key}，或已被移除。', fix: '请重新载入草稿。' },
    en: { message: 'The draft has no zone {key}, or it was removed.', fix: 'Load the draft again.' },
  },
  DRAFT_EDIT_ATTRIBUTES_DIFFER: {
    zh: { message: '区域 {key} 的属性与编辑所依据的不同。', fix: '请重新载入草稿后重做。' },
    en: { message: 'The area {key} is not as the edit found it.', fix: 'Load the draft again and redo the edit.' },
  },
  DRAFT_EDIT_KEY_NOT_NEXT: {
    zh: { message: '新区域的编号键 {key} 不连续。', fix: '这是程序错误，请重新载入草稿。' },
    en: {
      message: 'The key {key} of the new area is not the next one.',
      fix: 'This is a fault of the program; load the draft again.',
    },
  },
  DRAFT_EDIT_NOT_REMOVED: {
    zh: { message: '区域 {key} 已存在。', fix: '请重新载入草稿。' },
    en: { message: 'The area {key} exists already.', fix: 'Load the draft again.' },
  },
  DRAFT_EDIT_NOT_EMPTY: {
    zh: { message: '区域 {key} 尚不为空，不能移除。', fix: '请先将其单元划给其他巡区。' },
    en: { message: 'The area {key} is not empty and cannot be removed.', fix: 'Give its atoms to other beats first.' },
  },
  COMMENT_BEAT_UNKNOWN: {
    zh: { message: '方案中没有巡区 {beat}。', fix: '请更正批注的位置。' },
    en: { message: 'The plan has no beat {beat}.', fix: 'Correct where the comment belongs.' },
  },
  CALENDAR_IN_THE_PAST: {
    zh: { message: '{at} 已经过去，日历只能改变将来。', fix: '请选择将来的时间。' },
    en: { message: '{at} has passed: the calendar changes the future only.', fix: 'Choose a time to come.' },
  },
  CALENDAR_SPAN: {
    zh: { message: '时段无效：结束须晚于开始，最多 {days} 天。', fix: '请更正 from 与 to。' },
    en: {
      message: 'The span is invalid: it ends after it starts and lasts at most {days} days.',
      fix: 'Correct from and to.',
    },
  },
  DUTY_PERIOD_EMPTY: {
    zh: { message: '勤务等级的时段为空：结束不晚于开始。', fix: '请更正结束时间。' },
    en: { message: 'The duty period is empty: it ends no later than it starts.', fix: 'Correct the end.' },
  },
  DUTY_PERIOD_TAKEN: {
    zh: { message: '{from} 起已设有另一勤务等级。', fix: '请提前结束时间，或先取消后者。' },
    en: { message: 'Another duty level is set from {from} on.', fix: 'End before it, or take it away first.' },
  },
  DUTY_PERIOD_ENDED: {
    zh: { message: '该勤务等级已于 {to} 结束。', fix: '无需再结束。' },
    en: { message: 'The duty level ended at {to}.', fix: 'Nothing is left to end.' },
  },
};

registerMessages(PLANS_MESSAGES);
