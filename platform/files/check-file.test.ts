import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkFile, fileName } from './check-file.ts'
import { stripJpeg } from './strip-jpeg.ts'
import { stripPng } from './strip-png.ts'

const segment = (marker: number, body: Buffer) => {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}
const soi = Buffer.from([0xff, 0xd8])
const eoi = Buffer.from([0xff, 0xd9])
const jfif = segment(0xe0, Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1'))
const quant = segment(0xdb, Buffer.alloc(65, 7))
const scan = Buffer.concat([
  segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
  Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56]),
])
const comment = segment(0xfe, Buffer.from('taken at home'))
const icc = segment(0xe2, Buffer.from('ICC_PROFILE\0\x01\x01profile', 'latin1'))

/** EXIF with an orientation and, behind it, what is meant to be a place. */
function exif(orientation: number, order: 'II' | 'MM') {
  const tiff = Buffer.alloc(26)
  tiff.write(order, 'latin1')
  const short = (value: number, at: number) =>
    order === 'II' ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at)
  const long = (value: number, at: number) =>
    order === 'II' ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at)
  short(42, 2)
  long(8, 4)
  short(1, 8)
  short(0x0112, 10)
  short(3, 12)
  long(1, 14)
  short(orientation, 18)
  return segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, Buffer.from('GPS 36.06N 120.38E')]))
}

test('a JPEG keeps picture, profile and JFIF, and loses EXIF, comment and what stands behind its end', () => {
  const whole = Buffer.concat([soi, jfif, exif(1, 'II'), icc, comment, quant, scan, eoi, Buffer.from('motion photo')])
  assert.deepEqual(stripJpeg(whole), Buffer.concat([soi, jfif, icc, quant, scan, eoi]))
})

test('the orientation stays, in either byte order, without anything beside it', () => {
  for (const order of ['II', 'MM'] as const) {
    const stripped = stripJpeg(Buffer.concat([soi, exif(6, order), quant, scan, eoi])) as Buffer
    assert.equal(stripped.includes('GPS'), false)
    const at = stripped.indexOf('Exif')
    assert.equal(stripped.readUInt16BE(at + 6 + 18), 6)
    assert.deepEqual(stripJpeg(stripped), stripped)
  }
})

test('several scans of a progressive picture are kept', () => {
  const progressive = Buffer.concat([soi, quant, scan, segment(0xc4, Buffer.alloc(20)), scan, comment, scan, eoi])
  assert.deepEqual(
    stripJpeg(progressive),
    Buffer.concat([soi, quant, scan, segment(0xc4, Buffer.alloc(20)), scan, scan, eoi]),
  )
})

test('cut, empty and lying pictures are refused, at whatever byte they are cut', () => {
  const whole = Buffer.concat([soi, jfif, quant, scan, eoi])
  for (let length = 0; length < whole.length; length++)
    assert.equal(stripJpeg(whole.subarray(0, length)), null, `${length}`)
  assert.equal(stripJpeg(Buffer.concat([soi, jfif, eoi])), null)
})

const chunk = (type: string, body = Buffer.alloc(0)) => {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(body.length)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, body, Buffer.alloc(4)])
}
const png = Buffer.from('89504e470d0a1a0a', 'hex')

test('a PNG loses its words and EXIF and is refused when cut', () => {
  const parts = [png, chunk('IHDR', Buffer.alloc(13)), chunk('IDAT', Buffer.alloc(9)), chunk('IEND')]
  const whole = Buffer.concat([
    parts[0]!,
    parts[1]!,
    chunk('tEXt', Buffer.from('Author')),
    chunk('eXIf'),
    parts[2]!,
    parts[3]!,
    Buffer.from('x'),
  ])
  assert.deepEqual(stripPng(whole), Buffer.concat(parts))
  const clean = Buffer.concat(parts)
  for (let length = 0; length < clean.length; length++) assert.equal(stripPng(clean.subarray(0, length)), null)
})

test('what a file is, is read from its content and not from its name', () => {
  const refusal = (bytes: Buffer | string, name = 'a.pdf') => {
    const checked = checkFile({ name, bytes: Buffer.from(bytes as string) })
    return 'refused' in checked ? checked.refused : checked.mediaType
  }
  assert.equal(refusal('%PDF-1.7\n…\n%%EOF\n', 'photo.exe'), 'application/pdf')
  assert.equal(refusal('%PDF-1.7 cut'), 'file-broken')
  assert.equal(refusal('<html><script>'), 'file-type')
  assert.equal(refusal('MZ'), 'file-type')
  assert.equal(refusal('GIF89a'), 'file-type')
  assert.equal(refusal(''), 'file-missing')
  assert.equal(refusal(Buffer.alloc(10_485_761)), 'file-too-large')
})

test('a name shows its true ending and holds no folder, control or bidi character', () => {
  assert.equal(fileName('现场照片.JPEG', '.jpg'), '现场照片.jpg')
  assert.equal(fileName('..\\..\\etc/passwd', '.pdf'), 'passwd.pdf')
  assert.equal(fileName('a\u202Egpj.exe', '.pdf'), 'agpj.exe.pdf')
  assert.equal(fileName('x\u0000\n.pdf', '.pdf'), 'x.pdf')
  assert.equal(fileName('\u200B', '.png'), '材料.png')
  assert.equal(fileName('a"b<c>.pdf', '.pdf'), 'a_b_c_.pdf')
  assert.equal([...fileName('长'.repeat(300), '.pdf')].length, 100)
})
