export { type ItemName, type ItemVersionRow, itemNamesOn, itemsOn, versionById, versionOn } from './catalogue-view.ts'
export {
  baseOf,
  discardDraft,
  type NewItem,
  saveDraft,
  saveDraftDates,
  startDraft,
  startItem,
} from './draft-version.ts'
export { countSearch, type PublishedVersion, publishedVersions } from './public-catalogue.ts'
export { publishVersion, withdrawVersion } from './publish-version.ts'
export { type RuleFault, readRule, ruleInWords, writeRule } from './rule-text.ts'
export { seedCatalogue } from './seed-catalogue.ts'
export { forbiddenParts, isLocked, type VersionFault, versionFaults } from './version-faults.ts'
export {
  type Act,
  actsOf,
  findVersion,
  listVersions,
  type Version,
  type VersionLine,
  type VersionStatus,
} from './version-store.ts'
