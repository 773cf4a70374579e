import { type MessageTable, registerMessages } from '../platform/index.ts';

const IDENTITY_MESSAGES: MessageTable = {
  SIGN_IN_REFUSED: {
    zh: { message: '用户名或密码不正确。', fix: '请检查输入；连续失败 5 次，账号锁定 15 分钟。' },
    en: {
      message: 'The user name or password is wrong.',
      fix: 'Check both; five failures lock the account for 15 minutes.',
    },
  },
  ACCOUNT_LOCKED: {
    zh: { message: '账号已锁定。', fix: '请在 {minutes} 分钟后重试，或请管理员重设密码。' },
    en: {
      message: 'The account is locked.',
      fix: 'Try again in {minutes} min, or ask an administrator for a new password.',
    },
  },
  PASSWORD_SHORT: {
    zh: { message: '密码至少 12 个字符。', fix: '请换一个更长的密码。' },
    en: { message: 'A password has at least 12 characters.', fix: 'Choose a longer one.' },
  },
  PASSWORD_SIMPLE: {
    zh: { message: '密码过于简单。', fix: '请至少混用三类字符（大写、小写、数字、其他），并包含至少 6 个不同字符。' },
    en: {
      message: 'The password is too simple.',
      fix: 'Mix three kinds of characters (upper, lower, digits, others), at least 6 different ones.',
    },
  },
  PASSWORD_NAMES_ACCOUNT: {
    zh: { message: '密码中包含用户名。', fix: '请去掉用户名。' },
    en: { message: 'The password contains the user name.', fix: 'Leave it out.' },
  },
  PASSWORD_WRONG: {
    zh: { message: '当前密码不正确。', fix: '请重新输入当前密码。' },
    en: { message: 'The current password is wrong.', fix: 'Enter the current password again.' },
  },
  PASSWORD_UNCHANGED: {
    zh: { message: '新密码与当前密码相同。', fix: '请换一个密码。' },
    en: { message: 'The new password is the current one.', fix: 'Choose another.' },
  },
  USERNAME_TAKEN: {
    zh: { message: '用户名“{username}”已被使用。', fix: '请换一个用户名。' },
    en: { message: 'The user name "{username}" is taken.', fix: 'Choose another.' },
  },
  ACCOUNT_OUT_OF_REACH: {
    zh: { message: '该账号或角色涉及您不管理的分局。', fix: '请由全局管理员操作。' },
    en: {
      message: 'The account or role reaches beyond the bureaus you administer.',
      fix: 'Ask an administrator of all bureaus.',
    },
  },
  OWN_ACCOUNT_REFUSED: {
    zh: { message: '不能停用自己的账号或改变自己的角色。', fix: '请由另一位管理员操作。' },
    en: { message: 'You cannot disable yourself or change your own roles.', fix: 'Ask another administrator.' },
  },
};

registerMessages(IDENTITY_MESSAGES);
