export type BackupFault =
  | 'damaged'
  | 'wrong-passphrase'
  | 'passphrase-needed'
  | 'not-a-backup'
  | 'folder-not-empty'
  | 'database-not-empty'
  | 'other-release'
  | 'keys-differ'

const WORDS: Record<BackupFault, (subject: string) => string> = {
  damaged: (file) => `备份已损坏：${file}。未写入任何内容。\nThe backup is damaged: ${file}. Nothing was written.`,
  'wrong-passphrase': () => '备份口令不正确。\nThe passphrase is not the one of this backup.',
  'passphrase-needed': () => '此备份已加密，需要口令。\nThis backup is encrypted; it needs its passphrase.',
  'not-a-backup': (folder) =>
    `${folder} 中没有完整的备份（缺少 manifest.json）。\nNo whole backup in ${folder} (no manifest.json).`,
  'folder-not-empty': (folder) => `目录 ${folder} 不为空。\nThe folder ${folder} is not empty.`,
  'database-not-empty': (name) =>
    `数据库 ${name} 不为空。如确要替换其全部内容，请加 --force。\n` +
    `The database ${name} is not empty. To replace all that is in it, add --force.`,
  'other-release': (name) =>
    `备份来自另一版本（${name}）。请用该版本恢复，再升级。\n` +
    `The backup was made by another release (${name}). Restore it with that release, then upgrade.`,
  'keys-differ': (name) =>
    `密钥文件 ${name} 已存在且不同。如确要替换，请加 --force（旧文件会保留）。\n` +
    `The key file ${name} exists and differs. To replace it, add --force (the old one is kept).`,
}

/** Why a backup or restore did not happen; `subject` names the file, folder, database or release concerned. */
export class BackupError extends Error {
  readonly code: BackupFault
  readonly subject: string
  constructor(code: BackupFault, subject: string, options?: ErrorOptions) {
    super(WORDS[code](subject), options)
    this.name = 'BackupError'
    this.code = code
    this.subject = subject
  }
}
