import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

function packageFolder(name: string): string {
  return dirname(fileURLToPath(import.meta.resolve(`${name}/package.json`)))
}

const serif = packageFolder('@expo-google-fonts/noto-serif-sc')
const sans = packageFolder('@expo-google-fonts/noto-sans-sc')
const own = join(import.meta.dirname, 'fonts')

/** Only the weights the templates use: each further one is 11–15 MB to map. */
export const fontFolders = [join(serif, '300Light'), join(serif, '600SemiBold'), join(sans, '500Medium'), own]

/** All chains of the templates end with these, so what these draw is what every template can print. */
export const chainFiles = {
  serif: [join(serif, '300Light/NotoSerifSC_300Light.ttf'), join(serif, '600SemiBold/NotoSerifSC_600SemiBold.ttf')],
  latin: join(own, 'NotoSerif-Light.ttf'),
  rare: join(own, 'JingminRareHan-Regular.ttf'),
}
