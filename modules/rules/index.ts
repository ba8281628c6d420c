export { allParameters, type NamedParameter } from './all-parameters.ts'
export { listRules, type ReviewedRule, type RuleReview, readRule } from './list-rules.ts'
export { reviewRule } from './review-rule.ts'
