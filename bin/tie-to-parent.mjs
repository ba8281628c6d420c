// Loaded into the program by bootstrap.mjs: when the process that started us is killed, we end in order
// instead of holding the port and the data folder.
if (process.connected) {
  process.once('disconnect', () => {
    // Where SIGTERM has no listener yet it ends the process by itself.
    process.kill(process.pid, 'SIGTERM')
  })
  process.channel?.unref()
}
