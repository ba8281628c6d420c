export type PasswordRefusal =
  | 'password-too-short'
  | 'password-too-long'
  | 'password-too-simple'
  | 'password-contains-number'

export const PASSWORD_MIN = 10
export const PASSWORD_MAX = 128
const CLASSES_NEEDED = 3
const CLASSES = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}\s]/u]

/**
 * At least ten characters of three of the four classes lower, upper, digit, other, and not the police number inside
 * (GB/T 22239-2019 level 3: complexity).
 */
export function passwordRefusal(password: string, policeNumber: string): PasswordRefusal | null {
  const text = password.normalize('NFKC')
  if ([...text].length < PASSWORD_MIN) return 'password-too-short'
  if (text.length > PASSWORD_MAX) return 'password-too-long'
  if (CLASSES.filter((one) => one.test(text)).length < CLASSES_NEEDED) return 'password-too-simple'
  if (text.toLowerCase().includes(policeNumber.toLowerCase())) return 'password-contains-number'
  return null
}
