import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { folder } from './audit-testing.ts'
import { isSignedBy, openNote, parseVerifierKey, signCheckpoint, verifierKeyText } from './checkpoint.ts'
import { appendNotes, lastNote, readNotes, witnessLength } from './witness-file.ts'

const pair = generateKeyPairSync('ed25519')
const origin = 'example.cn/log'
const checkpoint = { origin, size: 7, root: Buffer.alloc(32, 7), at: Temporal.Instant.from('2026-11-23T01:00:00Z') }
const notes = [1, 2, 3].map((size) => signCheckpoint({ ...checkpoint, size }, pair))

async function allNotes(path: string) {
  const found = []
  for await (const note of readNotes(path, (await witnessLength(path)) ?? 0)) found.push(note)
  return found
}

test('notes come back whole, in order, and the last one first when asked', async (t) => {
  const path = join(folder(t), 'witness', 'heads.txt')
  assert.equal(await lastNote(path), null)
  await appendNotes(path, notes.slice(0, 1))
  await appendNotes(path, notes.slice(1))
  assert.deepEqual(
    (await allNotes(path)).map((found) => found.note),
    notes,
  )
  assert.equal(await lastNote(path), notes[2])
})

test('wherever a power cut ends the file, the next append is read whole and the torn half is known as such', async (t) => {
  const path = join(folder(t), 'heads.txt')
  await appendNotes(path, notes)
  const bytes = readFileSync(path)
  const start = Buffer.byteLength(notes.slice(0, 2).join('\n')) + 1
  for (let length = start + 1; length < bytes.length; length++) {
    writeFileSync(path, bytes.subarray(0, length))
    assert.equal(await lastNote(path), notes[1], `cut at byte ${length - start}`)
    await appendNotes(path, notes.slice(2))
    const found = await allNotes(path)
    const kept = found.filter((one) => !one.torn).map((one) => one.note)
    assert.deepEqual([...new Set(kept)], notes, `cut at byte ${length - start}`)
    assert.equal(await lastNote(path), notes[2])
    rmSync(path)
  }
})

test('a note that was altered is not taken for a torn one', async (t) => {
  const path = join(folder(t), 'heads.txt')
  writeFileSync(path, `${notes[0]}\n${notes[1]!.replace('\n2\n', '\n2x\n').slice(0, -20)}\n\n${notes[1]}\n`)
  assert.deepEqual(
    (await allNotes(path)).map((found) => found.torn),
    [false, false, false],
  )
})

test('the reference note of the signed-note format is accepted, and refused with one letter changed', () => {
  const verifier = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
  const key = parseVerifierKey(verifier)
  const note = `If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`
  assert.equal(verifierKeyText(key.name, key.publicKey), verifier)
  assert.equal(isSignedBy(note, [key]), true)
  assert.equal(isSignedBy(note.replace('answer', 'Answer'), [key]), false)
  assert.throws(() => parseVerifierKey(verifier.replace('c74f20a3', 'c74f20a4')))
})

test('a checkpoint opens with its key; one byte of text, another key or another name, and it is not signed', () => {
  const note = notes[2]!
  const key = parseVerifierKey(verifierKeyText(origin, pair.publicKey))
  assert.equal(openNote(note, [key])?.signed, true)
  assert.equal(openNote(note.replace('\n3\n', '\n4\n'), [key])?.signed, false)
  const other = parseVerifierKey(verifierKeyText(origin, generateKeyPairSync('ed25519').publicKey))
  assert.equal(openNote(note, [other])?.signed, false)
  const renamed = parseVerifierKey(verifierKeyText('example.cn/other', pair.publicKey))
  assert.equal(openNote(note, [renamed])?.signed, false)
  assert.equal(openNote(note, [other, key])?.signed, true)
})

test('what is not a checkpoint is not opened', () => {
  const [text, signature] = notes[0]!.split('\n\n') as [string, string]
  const root = checkpoint.root.toString('base64')
  for (const bad of [
    '',
    text,
    `${text}\n\n`,
    `${text}\n\nno signature\n`,
    `${origin}\n01\n${root}\n\n${signature}`,
    `${origin}\n-1\n${root}\n\n${signature}`,
    `${origin}\n1\n${root.slice(4)}\n\n${signature}`,
    `\n1\n${root}\n\n${signature}`,
  ]) {
    assert.equal(openNote(bad, []), null, JSON.stringify(bad))
  }
})
