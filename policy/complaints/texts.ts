/**
 * What a message about a complaint says. The telephone may lie on the family's table: no word of a complaint, no case,
 * nothing that was decided (T16). What happened stands on the citizen's page.
 */
export function progressMessage({ bureau, link }: { bureau: string; link: string }): string {
  return `【${bureau}】您的事项有新进展，请凭查询码查看：${link}`
}
