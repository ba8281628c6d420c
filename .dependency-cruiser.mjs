/** Dependencies point one way: console and site → modules → platform → policy. Run by test/check.ts and test/architecture.test.ts. */
export default {
  forbidden: [
    {
      name: 'policy-imports-only-policy',
      severity: 'error',
      from: { path: '^policy/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^policy/' },
    },
    {
      name: 'platform-is-below-modules',
      severity: 'error',
      from: { path: '^platform/', pathNot: '(\\.test\\.ts|^platform/cli/|^platform/db/fresh-database\\.ts)' },
      to: { path: '^(modules|console|site|demo)/' },
    },
    {
      name: 'modules-meet-at-the-door',
      severity: 'error',
      from: { path: '^modules/([^/]+)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^modules/', pathNot: '^modules/($1/|[^/]+/index\\.ts$)' },
    },
    {
      name: 'modules-know-no-screens',
      severity: 'error',
      from: { path: '^modules/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(console|site|demo|islands)/' },
    },
    {
      name: 'shared-rooms-import-no-area',
      severity: 'error',
      from: { path: '^modules/(supervision|standing|directory)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^modules/(service-window|registration|callback|figures)/' },
    },
    {
      name: 'screens-use-the-door',
      severity: 'error',
      from: { path: '^(console|site)/', pathNot: '(\\.test|-testing)\\.ts$' },
      to: { path: '^modules/', pathNot: '^modules/[^/]+/(index\\.ts$|catalogue/)' },
    },
    { name: 'site-and-console-apart', severity: 'error', from: { path: '^site/' }, to: { path: '^console/' } },
    {
      name: 'no-cycles',
      severity: 'error',
      from: { pathNot: '(\\.test\\.ts$|^demo/history/)' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^node_modules/|^data/)' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
}
