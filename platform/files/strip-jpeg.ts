/**
 * A copy of a JPEG without what the camera wrote into it: place, time, device, thumbnail, comments, and anything behind
 * its end. Kept are the parts that decide how it looks: JFIF, colour profile, Adobe's colour transform, and from EXIF
 * the orientation alone. Null when the bytes are no whole JPEG.
 */
export function stripJpeg(bytes: Buffer): Buffer | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null
  const kept: Buffer[] = [bytes.subarray(0, 2)]
  let at = 2
  let scans = 0
  for (;;) {
    const marker = markerAt(bytes, at)
    if (marker === null) return null
    at = marker.at
    if (marker.code === 0xd9) {
      kept.push(bytes.subarray(at, at + 2))
      return scans > 0 ? Buffer.concat(kept) : null
    }
    const end = segmentEnd(bytes, at)
    if (end === null) return null
    kept.push(...segmentKept(bytes.subarray(at, end), marker.code))
    at = end
    if (marker.code !== 0xda) continue
    scans += 1
    const next = scanEnd(bytes, at)
    kept.push(bytes.subarray(at, next))
    at = next
  }
}

/** The marker that begins at `from`; any number of FF may stand before its code. */
function markerAt(bytes: Buffer, from: number): { at: number; code: number } | null {
  if (bytes[from] !== 0xff) return null
  let at = from
  while (bytes[at + 1] === 0xff) at += 1
  const code = bytes[at + 1]
  return code === undefined ? null : { at, code }
}

function segmentEnd(bytes: Buffer, at: number): number | null {
  if (at + 4 > bytes.length) return null
  const length = bytes.readUInt16BE(at + 2)
  const end = at + 2 + length
  return length < 2 || end > bytes.length ? null : end
}

/** The picture's data runs until a marker that is neither a stuffed byte nor a restart. */
function scanEnd(bytes: Buffer, from: number): number {
  for (let at = from; at + 1 < bytes.length; at++) {
    if (bytes[at] !== 0xff) continue
    const marker = bytes[at + 1] as number
    if (marker !== 0x00 && !(marker >= 0xd0 && marker <= 0xd7) && marker !== 0xff) return at
  }
  return bytes.length
}

function segmentKept(segment: Buffer, marker: number): Buffer[] {
  const isApplication = marker >= 0xe0 && marker <= 0xef
  if (marker === 0xfe) return []
  if (!isApplication) return [segment]
  if (marker === 0xe1) return orientationOnly(segment)
  const starts = (text: string) => segment.subarray(4, 4 + text.length).toString('latin1') === text
  const look =
    (marker === 0xe0 && starts('JFIF\0')) ||
    (marker === 0xe2 && starts('ICC_PROFILE\0')) ||
    (marker === 0xee && starts('Adobe'))
  return look ? [segment] : []
}

/** A photo taken upright lies on its side without this one number. */
function orientationOnly(segment: Buffer): Buffer[] {
  const orientation = readOrientation(segment)
  if (orientation === null || orientation === 1) return []
  const tiff = Buffer.from('4d4d002a000000080001011200030000000100000000' + '00000000', 'hex')
  tiff.writeUInt16BE(orientation, 18)
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])
  const head = Buffer.from([0xff, 0xe1, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return [Buffer.concat([head, body])]
}

function readOrientation(segment: Buffer): number | null {
  if (segment.subarray(4, 10).toString('latin1') !== 'Exif\0\0') return null
  const tiff = segment.subarray(10)
  const order = tiff.subarray(0, 2).toString('latin1')
  if (tiff.length < 8 || (order !== 'II' && order !== 'MM')) return null
  const short = (at: number) =>
    at + 2 <= tiff.length ? (order === 'II' ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at)) : -1
  const directory = order === 'II' ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  const entries = short(directory)
  for (let entry = 0; entry < entries; entry++) {
    const at = directory + 2 + entry * 12
    if (short(at) !== 0x0112) continue
    const value = short(at + 8)
    return value >= 1 && value <= 8 ? value : null
  }
  return null
}
