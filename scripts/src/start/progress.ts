import type { SeedStep, SignIn } from '@xunfang/server/seeding';

export type StartStep = 'console' | 'database' | 'migration' | 'listen' | SeedStep;

const WORDS: Readonly<Partial<Record<StartStep, string>>> = {
  console: '构建控制台 building the console',
  database: '启动数据库 starting the database',
  bureaus: '写入示范分局 writing the sample bureaus',
  'demonstration-incidents': '生成成都演示警情 generating incidents for Chengdu',
  'chicago-incidents': '导入芝加哥警情 importing incidents of Chicago',
  plans: '设计 14 防区 27 巡区 designing 27 beats in 14 zones',
  units: '编排单位 rostering units',
  accounts: '创建账户 making accounts',
};

const startedAt = performance.now();
const seconds = () => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;

export function printStep(step: StartStep): void {
  const words = WORDS[step];
  if (words) console.log(`  ${seconds().padStart(7)}  ${words} …`);
}

const ROLE_WORDS: Readonly<Record<SignIn['role'], string>> = {
  admin: '管理员',
  dispatcher: '调度员',
  supervisor: '巡防主管',
  analyst: '研判分析员',
  auditor: '审计员',
  display: '大屏',
};

export function printReady(url: string, signIns: readonly SignIn[], signInFile: string, simulated: boolean): void {
  console.log(`  ${seconds().padStart(7)}  就绪 ready\n`);
  console.log(`地址 address   ${url}`);
  if (simulated) console.log('模拟 simulator 40 个单位行驶中 40 units are driving (SIMULATOR=off: none)');
  if (signIns.length > 0) {
    console.log(`登录 sign in   (${signInFile})`);
    for (const { username, password, role, bureau } of signIns) {
      console.log(
        `  ${username.padEnd(20)} ${password.padEnd(22)} ${ROLE_WORDS[role]} ${role}, ${bureau ?? '全部分局 all bureaus'}`,
      );
    }
  }
  console.log('停止 stop      Ctrl-C\n');
}
