export type EmbeddedOptions = {
  /** The platform's data folder; the cluster lives in `postgres/` inside it, or where a pointer there leads. */
  dataDir: string
  /** A fixed port; without it a free one is chosen at the first start and kept as long as it stays free. */
  port?: number
  /** Further settings of postgresql.conf. */
  settings?: Record<string, string | number | boolean>
  /** False for tests: nothing is synced to disk, and the server ends with this process. */
  durable: boolean
  /** Told when the server is lost and cannot be brought back at once; trying goes on. */
  onTrouble?: (error: Error) => void
}
