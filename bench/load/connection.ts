import { once } from 'node:events'
import { connect } from 'node:net'

export type Answer = { status: number; bytes: number; body: string }

export type Connection = {
  /** Sends one request and reads its answer; one at a time. The body is kept only when asked for. */
  send(request: Buffer, keepBody: boolean): Promise<Answer>
  close(): void
}

/**
 * One HTTP/1.1 connection kept alive, with as little as a measurement needs: lengths and chunks are read, nothing else.
 * What the generator costs, the measured server lacks, so it costs little.
 */
export async function openConnection(port: number): Promise<Connection> {
  let line = await openLine(port)
  return {
    async send(request, keepBody) {
      // A server ends connections that were idle for some seconds.
      if (line.ended()) line = await openLine(port)
      return line.send(request, keepBody)
    },
    close: () => line.close(),
  }
}

async function openLine(port: number): Promise<Connection & { ended(): boolean }> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await once(socket, 'connect')
  let got: Buffer = Buffer.alloc(0)
  let waiting: { keepBody: boolean; resolve(answer: Answer): void; reject(error: Error): void } | null = null

  const fail = (error?: Error) => {
    waiting?.reject(error ?? new Error('the connection was closed'))
    waiting = null
  }
  socket.on('error', fail)
  socket.on('end', () => socket.destroy())
  socket.on('close', () => fail())
  socket.on('data', (chunk: Buffer) => {
    got = got.length === 0 ? chunk : Buffer.concat([got, chunk])
    if (!waiting) return
    const answer = readAnswer(got, waiting.keepBody)
    if (!answer) return
    const { resolve } = waiting
    waiting = null
    got = Buffer.alloc(0)
    resolve(answer)
  })
  return {
    ended: () => socket.destroyed,
    send: (request, keepBody) =>
      new Promise((resolve, reject) => {
        waiting = { keepBody, resolve, reject }
        socket.write(request)
      }),
    close: () => socket.destroy(),
  }
}

/** Null while bytes are missing. */
function readAnswer(got: Buffer, keepBody: boolean): Answer | null {
  const end = got.indexOf('\r\n\r\n')
  if (end < 0) return null
  const head = got.toString('latin1', 0, end).toLowerCase()
  const status = Number(head.slice(9, 12))
  const start = end + 4
  const length = /\r\ncontent-length: (\d+)/.exec(head)?.[1]
  if (length !== undefined) {
    if (got.length < start + Number(length)) return null
    return { status, bytes: got.length, body: keepBody ? got.toString('utf8', start, start + Number(length)) : '' }
  }
  if (!head.includes('transfer-encoding: chunked')) return { status, bytes: got.length, body: '' }
  return readChunks(got, start, status, keepBody)
}

function readChunks(got: Buffer, start: number, status: number, keepBody: boolean): Answer | null {
  const parts: Buffer[] = []
  for (let at = start; ; ) {
    const line = got.indexOf('\r\n', at)
    if (line < 0) return null
    const size = Number.parseInt(got.toString('latin1', at, line), 16)
    const next = line + 2 + size + 2
    if (got.length < next) return null
    if (size === 0) return { status, bytes: got.length, body: keepBody ? Buffer.concat(parts).toString() : '' }
    if (keepBody) parts.push(got.subarray(line + 2, line + 2 + size))
    at = next
  }
}
