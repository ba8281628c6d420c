const signature = Buffer.from('89504e470d0a1a0a', 'hex')
/** Chunks that hold words, time or EXIF and have no part in the picture. */
const dropped = new Set(['tEXt', 'zTXt', 'iTXt', 'tIME', 'eXIf'])

/** A copy of a PNG without words, time and EXIF, and without anything behind its end. Null when it is no whole PNG. */
export function stripPng(bytes: Buffer): Buffer | null {
  if (!bytes.subarray(0, 8).equals(signature)) return null
  const kept: Buffer[] = [signature]
  let at = 8
  while (at + 12 <= bytes.length) {
    const end = at + 12 + bytes.readUInt32BE(at)
    if (end > bytes.length) return null
    const type = bytes.subarray(at + 4, at + 8).toString('latin1')
    if (at === 8 && type !== 'IHDR') return null
    if (!dropped.has(type)) kept.push(bytes.subarray(at, end))
    if (type === 'IEND') return Buffer.concat(kept)
    at = end
  }
  return null
}
