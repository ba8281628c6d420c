// Signing a notice by finger or pen. Strokes are kept, not pixels: they are redrawn on resize and printed as lines.
import SignaturePad from 'signature_pad'

const height = 180
const mostPoints = 6000

function mount(): void {
  for (const box of document.querySelectorAll<HTMLElement>('[data-signature]')) {
    if (box.dataset.mounted) continue
    box.dataset.mounted = 'yes'
    box.hidden = false
    begin(box)
  }
}

function begin(box: HTMLElement): void {
  const canvas = box.querySelector('canvas') as HTMLCanvasElement
  const form = box.querySelector('form') as HTMLFormElement
  Object.assign(canvas.style, {
    display: 'block',
    width: '100%',
    maxWidth: '600px',
    height: `${height}px`,
    border: '1px solid #6b7a8d',
    touchAction: 'none',
    marginBottom: '12px',
  })
  const pad = new SignaturePad(canvas, { penColor: '#14202e', minWidth: 1.2, maxWidth: 3 })
  fit(canvas, pad)
  addEventListener('resize', () => {
    if (canvas.isConnected) fit(canvas, pad)
  })
  box.querySelector('[data-clear]')?.addEventListener('click', () => pad.clear())
  form.addEventListener('submit', () => {
    const field = form.elements.namedItem('strokes') as HTMLInputElement
    field.value = pad.isEmpty() ? '' : JSON.stringify(written(canvas, pad))
  })
}

/** The canvas has the screen's own pixels; the strokes stay in CSS pixels. */
function fit(canvas: HTMLCanvasElement, pad: SignaturePad): void {
  const ratio = Math.max(window.devicePixelRatio || 1, 1)
  const strokes = pad.toData()
  canvas.width = canvas.offsetWidth * ratio
  canvas.height = canvas.offsetHeight * ratio
  canvas.getContext('2d')?.scale(ratio, ratio)
  pad.clear()
  pad.fromData(strokes)
}

/** Flat lists x, y, x, y … with one decimal; a scribble of thousands of points is thinned. */
function written(canvas: HTMLCanvasElement, pad: SignaturePad): { width: number; height: number; strokes: number[][] } {
  const strokes = pad.toData().map((stroke) => stroke.points)
  const points = strokes.reduce((sum, stroke) => sum + stroke.length, 0)
  const step = Math.ceil(points / mostPoints)
  const round = (n: number) => Math.round(n * 10) / 10
  const thin = (stroke: readonly { x: number; y: number }[]) =>
    stroke.filter((_, at) => at % step === 0 || at === stroke.length - 1)
  return {
    width: canvas.offsetWidth,
    height: canvas.offsetHeight,
    strokes: strokes.map((stroke) => thin(stroke).flatMap(({ x, y }) => [round(x), round(y)])),
  }
}

addEventListener('swap', mount)
mount()
