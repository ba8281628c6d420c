import { registerHooks } from 'node:module'

// Loaded before main.ts in the process that is killed. The platform runs as delivered, but for its clock, the end of a
// matter over the interface and, in the control run, the two promises that the test must miss.
const replaced: Record<string, string> = {
  '/platform/clock/clock.ts': 'clock.ts',
  '/modules/service-window/api.ts': 'api.ts',
  ...(process.env.JINGMIN_CRASH_NAIVE === '1' && {
    '/platform/http/attempt.ts': 'naive-attempt.ts',
    '/platform/notifications/http-gateway.ts': 'naive-gateway.ts',
  }),
}
const root = new URL('../..', import.meta.url).href.replace(/\/$/, '')
const folder = new URL('./replaced/', import.meta.url).href

registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context)
    const name = found.url.startsWith(root) ? replaced[found.url.slice(root.length)] : undefined
    // The replacement itself gets the original.
    if (!name || context.parentURL?.startsWith(folder)) return found
    return { ...found, url: folder + name }
  },
})
