import { stripJpeg } from './strip-jpeg.ts'
import { stripPng } from './strip-png.ts'

export type CheckedFile = { name: string; mediaType: 'application/pdf' | 'image/png' | 'image/jpeg'; bytes: Buffer }
export type FileRefusal = 'file-missing' | 'file-too-large' | 'file-type' | 'file-broken'

export const largestFile = 10_485_760

/** What a file is, is read from its bytes; name and type that were sent with it are only a name. */
export function checkFile(file: { name: string; bytes: Buffer }): CheckedFile | { refused: FileRefusal } {
  const { bytes } = file
  if (bytes.length === 0) return { refused: 'file-missing' }
  if (bytes.length > largestFile) return { refused: 'file-too-large' }
  if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') {
    const whole = bytes.subarray(-1024).includes('%%EOF')
    return whole
      ? { name: fileName(file.name, '.pdf'), mediaType: 'application/pdf', bytes }
      : { refused: 'file-broken' }
  }
  if (bytes[0] === 0xff && bytes[1] === 0xd8) {
    const stripped = stripJpeg(bytes)
    return stripped
      ? { name: fileName(file.name, '.jpg'), mediaType: 'image/jpeg', bytes: stripped }
      : { refused: 'file-broken' }
  }
  if (bytes[0] === 0x89 && bytes.subarray(1, 4).toString('latin1') === 'PNG') {
    const stripped = stripPng(bytes)
    return stripped
      ? { name: fileName(file.name, '.png'), mediaType: 'image/png', bytes: stripped }
      : { refused: 'file-broken' }
  }
  return { refused: 'file-type' }
}

/**
 * A name that shows what it is: no folder, no control or bidi character that makes "gpj.exe" read as "exe.jpg", no
 * character a file system refuses; at most 100 characters; the ending is that of the content.
 */
export function fileName(sent: string, ending: '.pdf' | '.png' | '.jpg'): string {
  const base = sent.toWellFormed().normalize('NFC').split(/[\\/]/).at(-1) ?? ''
  const clean = base
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\.(pdf|png|jpe?g)$/i, '')
    .replace(/^[.\s]+|[.\s]+$/g, '')
  const short = [...clean].slice(0, 100 - ending.length).join('')
  return `${short || '材料'}${ending}`
}
