const urls = new Map<string, string>()

/** Called once by the build of the islands: file name → address with its content's hash. */
export function registerAssets(entries: Iterable<readonly [name: string, url: string]>): void {
  for (const [name, url] of entries) urls.set(name, url)
}

/** The address of 'console.css', 'site.css', 'swap.js'…; without a build, the plain name under /assets/. */
export function assetUrl(name: string): string {
  return urls.get(name) ?? `/assets/${name}`
}

/** The policy every page is sent with. No inline script, no inline style, nothing from elsewhere. */
export const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
