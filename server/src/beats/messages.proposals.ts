import { type MessageTable, registerMessages } from '../platform/index.ts';

const PROPOSALS_MESSAGES: MessageTable = {
  PROPOSALS_RUNNING: {
    zh: { message: '这份草稿的方案推荐正在运行。', fix: '请等待其结束，或先停止。' },
    en: { message: 'Proposals for this draft are being searched for already.', fix: 'Wait for the end, or stop it.' },
  },
  PROPOSALS_BUSY: {
    zh: { message: '服务器正在计算其他草稿的推荐方案（最多同时 {most} 份）。', fix: '请稍后再试。' },
    en: {
      message: 'The server is busy with proposals for other drafts ({most} at most).',
      fix: 'Try again in a while.',
    },
  },
  PROPOSALS_OTHER_ATOMS: {
    zh: { message: '工作量有 {got} 个值，草稿有 {atoms} 个单元。', fix: '请重新载入草稿。' },
    en: { message: 'The workload has {got} values, the draft {atoms} atoms.', fix: 'Load the draft again.' },
  },
  PROPOSALS_DRAFT_UNSOUND: {
    zh: { message: '草稿有 {count} 个问题，不能由此出发。', fix: '请先按检查清单修正，或选择从零设计。' },
    en: {
      message: 'The draft has problems ({count}): nothing can begin from it.',
      fix: 'Mend them by the list of checks, or design from scratch.',
    },
  },
  PROPOSALS_LOCKED: {
    zh: { message: '草稿中有 {locks} 处锁定，从零设计无法保留。', fix: '请解除锁定，或从草稿出发。' },
    en: {
      message: 'The draft has {locks} locks, and a design from scratch cannot keep them.',
      fix: 'Unlock, or begin from the draft.',
    },
  },
  PROPOSALS_FAILED: {
    zh: { message: '方案推荐没有完成。', fix: '请重试；如仍失败，请联系管理员。' },
    en: {
      message: 'The search for proposals did not finish.',
      fix: 'Try again; tell an administrator if it fails again.',
    },
  },
  PROPOSAL_GONE: {
    zh: { message: '推荐方案 {proposal} 已不在。', fix: '请另选一个，或重新运行。' },
    en: { message: 'Proposal {proposal} is no longer there.', fix: 'Choose another, or run the search again.' },
  },
};

registerMessages(PROPOSALS_MESSAGES);
