import { type MessageTable, registerMessages } from '../../platform/index.ts';

const IMPORT_MESSAGES: MessageTable = {
  IMPORT_TOO_LARGE: {
    zh: { message: '文件超过上限 {limitBytes} 字节。', fix: '请压缩为 .csv.gz 或拆分后上传。' },
    en: { message: 'The file exceeds the limit of {limitBytes} bytes.', fix: 'Compress it to .csv.gz, or split it.' },
  },
  IMPORT_EMPTY: {
    zh: { message: '文件是空的。', fix: '请选择含有数据的文件。' },
    en: { message: 'The file is empty.', fix: 'Choose a file with rows.' },
  },
  IMPORT_UTF16: {
    zh: { message: '文件为 UTF-16 编码，无法读取。', fix: '请另存为 UTF-8 或 GB18030 的 CSV。' },
    en: { message: 'The file is UTF-16.', fix: 'Save it as CSV in UTF-8 or GB18030.' },
  },
  IMPORT_BINARY: {
    zh: { message: '文件不是文本表格（可能是 .xlsx 或压缩包）。', fix: '请在表格软件中另存为 CSV。' },
    en: { message: 'The file is no text table (an .xlsx or an archive?).', fix: 'Save it as CSV.' },
  },
  IMPORT_BROKEN_GZIP: {
    zh: { message: 'gzip 文件已损坏。', fix: '请重新压缩后上传。' },
    en: { message: 'The gzip file is damaged.', fix: 'Compress it again.' },
  },
  IMPORT_COLUMN_UNKNOWN: {
    zh: { message: '文件中没有“{column}”列。', fix: '请在列映射中选择文件里存在的列。' },
    en: { message: 'The file has no column "{column}".', fix: 'Choose a column of the file in the mapping.' },
  },
  IMPORT_COLUMN_PERSONAL: {
    zh: { message: '“{column}”列涉及个人信息，不能导入。', fix: '本系统只记录地点与时间，请选择其他列。' },
    en: {
      message: 'The column "{column}" is about persons and is not imported.',
      fix: 'The product keeps places and times: choose another column.',
    },
  },
  IMPORT_SETTING_INVALID: {
    zh: { message: '导入设置无效：{reason}', fix: '请检查坐标系、时间格式与时区。' },
    en: {
      message: 'An import setting is invalid: {reason}',
      fix: 'Check coordinate system, time format and time zone.',
    },
  },
  IMPORT_BUSY: {
    zh: { message: '本分局正在进行另一个导入（{fileName}）。', fix: '请等待其完成或先取消它。' },
    en: { message: 'Another import of this bureau is running ({fileName}).', fix: 'Wait for it, or cancel it.' },
  },
  IMPORT_STATE: {
    zh: { message: '导入处于“{state}”状态，不能执行此操作。', fix: '请刷新后查看其结果。' },
    en: { message: 'The import is {state}; that cannot be done now.', fix: 'Reload to see how it ended.' },
  },

  /* Why an import failed: kept as a code, told in the reader's language. */
  IMPORT_INTERRUPTED: {
    zh: { message: '服务器在导入过程中重新启动，未写入任何数据。请重新上传。' },
    en: { message: 'The server restarted during the import; nothing was written. Upload the file again.' },
  },
  IMPORT_FAILED: {
    zh: { message: '导入失败，未写入任何数据：{reason}' },
    en: { message: 'The import failed; nothing was written: {reason}' },
  },
};
registerMessages(IMPORT_MESSAGES);
