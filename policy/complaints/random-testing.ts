/** A whole number from `least` to `most`, both possible. */
export function whole(random: () => number, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1))
}

export function oneOf<T>(random: () => number, choices: readonly T[]): T {
  return choices[whole(random, 0, choices.length - 1)] as T
}

/** A count of events that happen by chance, `mean` of them on average (Knuth). */
export function poisson(random: () => number, mean: number): number {
  let count = 0
  for (let product = random(); product > Math.exp(-mean); product *= random()) count += 1
  return count
}
