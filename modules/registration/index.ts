export { type ItemVersionRow, itemsOn, versionById, versionOn } from './catalogue-view.ts'
