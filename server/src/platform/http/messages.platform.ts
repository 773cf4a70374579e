import { type MessageTable, registerMessages } from './messages.ts';

const PLATFORM_MESSAGES: MessageTable = {
  NOT_SIGNED_IN: {
    zh: { message: '尚未登录或登录已失效。', fix: '请重新登录。' },
    en: { message: 'Not signed in, or the session has ended.', fix: 'Sign in again.' },
  },
  ROLE_REFUSED: {
    zh: { message: '您的角色不能执行此操作，需要：{roles}。', fix: '请联系管理员授予相应角色。' },
    en: { message: 'Your role may not do this; it takes: {roles}.', fix: 'Ask an administrator for the role.' },
  },
  SCOPE_REFUSED: {
    zh: { message: '此 API 密钥无权执行此操作，需要：{scopes}。', fix: '请使用具有该权限的密钥。' },
    en: { message: 'This API key may not do this; it takes: {scopes}.', fix: 'Use a key that has the scope.' },
  },
  BUREAU_REFUSED: {
    zh: { message: '您在“{bureau}”没有任何角色。', fix: '请切换到您所属的分局。' },
    en: { message: 'You hold no role in "{bureau}".', fix: 'Switch to a bureau you belong to.' },
  },
  BUREAU_UNKNOWN: {
    zh: { message: '没有名为“{bureau}”的分局。', fix: '请检查地址中的 bureau。' },
    en: { message: 'There is no bureau "{bureau}".', fix: 'Check the parameter bureau.' },
  },
  BUREAU_MISSING: {
    zh: { message: '请求没有指明分局。', fix: '请加上 ?bureau=分局标识。' },
    en: { message: 'The request names no bureau.', fix: 'Add ?bureau=identifier.' },
  },
  CSRF_MISSING: {
    zh: { message: '请求缺少有效的 x-csrf-token。', fix: '请刷新页面后重试。' },
    en: { message: 'The request carries no valid x-csrf-token.', fix: 'Reload the page and try again.' },
  },
  ORIGIN_REFUSED: {
    zh: {
      message: '拒绝来自其他网站（{origin}）的请求。',
      fix: '请从本系统的页面操作；如经代理访问，请设置 PUBLIC_ORIGIN。',
    },
    en: {
      message: 'Requests from another site ({origin}) are refused.',
      fix: 'Use the console itself; behind a proxy, set PUBLIC_ORIGIN.',
    },
  },
  NOT_FOUND: {
    zh: { message: '找不到所请求的内容。', fix: '它可能已被删除，或不属于您的分局。' },
    en: { message: 'Not found.', fix: 'It may be gone, or belong to another bureau.' },
  },
  ROUTE_UNKNOWN: {
    zh: { message: '没有 {method} {path} 这个接口。', fix: '接口文档在 /api/docs。' },
    en: { message: 'There is no {method} {path}.', fix: 'The interface is described at /api/docs.' },
  },
  INVALID_FIELD: {
    zh: { message: '{field} 无效：应为 {expected}，实际为 {actual}。', fix: '请更正该字段后重试。' },
    en: { message: '{field} is invalid: expected {expected}, got {actual}.', fix: 'Correct the field and try again.' },
  },
  BODY_UNREADABLE: {
    zh: { message: '无法读取请求内容：{reason}', fix: '请检查格式与 Content-Type。' },
    en: { message: 'The body cannot be read: {reason}', fix: 'Check its format and Content-Type.' },
  },
  BODY_TOO_LARGE: {
    zh: { message: '请求内容超过上限 {limitBytes} 字节。', fix: '请分批发送，或使用文件导入。' },
    en: { message: 'The body exceeds the limit of {limitBytes} bytes.', fix: 'Send it in parts, or import a file.' },
  },
  TOO_MANY_REQUESTS: {
    zh: { message: '请求过于频繁。', fix: '请在 {seconds} 秒后重试。' },
    en: { message: 'Too many requests.', fix: 'Try again in {seconds} s.' },
  },
  DATABASE_DOWN: {
    zh: { message: '数据库暂时不可用。', fix: '请稍后重试；如持续出现请联系管理员。' },
    en: {
      message: 'The database is not available at the moment.',
      fix: 'Try again; if it stays, tell the administrator.',
    },
  },
  INTERNAL: {
    zh: { message: '服务器内部错误。', fix: '请将编号 {id} 告知管理员。' },
    en: { message: 'Something failed inside the server.', fix: 'Tell the administrator this number: {id}.' },
  },
};

registerMessages(PLATFORM_MESSAGES);
