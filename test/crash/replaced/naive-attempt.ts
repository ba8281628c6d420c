/** The control: every request is carried out as often as it comes. */
export async function claimAttempt(): Promise<null> {
  return null
}

export async function keepReply(): Promise<void> {}
