/** The one thing used of fontkit, which ships no types: which code points a font file can draw. */
declare module 'fontkit' {
  export function openSync(path: string): { characterSet: number[] }
}
