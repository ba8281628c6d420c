import { type Static, Type } from 'typebox'
import type { Condition, ItemContent, ItemVersion } from '#policy/registration/item.ts'

const strict = { additionalProperties: false }
const Code = Type.String({ pattern: '^[a-z][a-z0-9_]*$' })
const Basis = Type.String({ minLength: 1 })
const Days = Type.Integer({ minimum: 0 })
const LimitUnit = Type.Union([Type.Literal('working_day'), Type.Literal('natural_day')])

export const TextSchema = Type.Object({ zh: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) }, strict)

const ConditionShape = Type.Cyclic(
  {
    Condition: Type.Union([
      Type.Object({ question: Code, is: Type.Array(Code, { minItems: 1 }) }, strict),
      Type.Object({ all: Type.Array(Type.Ref('Condition'), { minItems: 1 }) }, strict),
      Type.Object({ any: Type.Array(Type.Ref('Condition'), { minItems: 1 }) }, strict),
      Type.Object({ not: Type.Ref('Condition') }, strict),
    ]),
  },
  'Condition',
)

/** The named type keeps the recursion out of what the compiler compares below. */
export const ConditionSchema = Type.Unsafe<Condition>(ConditionShape)

const QuestionSchema = Type.Object(
  {
    code: Code,
    text: TextSchema,
    help: Type.Optional(TextSchema),
    options: Type.Array(Type.Object({ code: Code, label: TextSchema }, strict), { minItems: 2 }),
    askIf: Type.Optional(ConditionSchema),
    askedOf: Type.Optional(Type.Union([Type.Literal('applicant'), Type.Literal('officer')])),
    assumed: Type.Optional(Code),
  },
  strict,
)

const MaterialSchema = Type.Object(
  {
    code: Code,
    name: TextSchema,
    original: Type.Integer({ minimum: 0 }),
    copies: Type.Integer({ minimum: 0 }),
    source: Type.Union([Type.Literal('applicant'), Type.Literal('data_sharing'), Type.Literal('office')]),
    obtain: TextSchema,
    replaceableBy: Type.Optional(TextSchema),
    requiredIf: Type.Optional(ConditionSchema),
    mendableOnSpot: Type.Optional(Type.Boolean()),
    commonDefects: Type.Optional(Type.Array(TextSchema)),
    basis: Basis,
  },
  strict,
)

const FeeSchema = Type.Object(
  {
    free: Type.Boolean(),
    cases: Type.Array(
      Type.Object(
        {
          amountFen: Type.Integer({ minimum: 0 }),
          text: TextSchema,
          appliesIf: Type.Optional(ConditionSchema),
          basis: Basis,
        },
        strict,
      ),
      { minItems: 1 },
    ),
    text: TextSchema,
  },
  strict,
)

const LimitSchema = Type.Object(
  { days: Days, unit: LimitUnit, immediate: Type.Optional(Type.Boolean()), text: TextSchema, basis: Basis },
  strict,
)

const StatutoryLimitSchema = Type.Object(
  {
    days: Type.Union([Days, Type.Null()]),
    unit: LimitUnit,
    immediate: Type.Optional(Type.Boolean()),
    extension: Type.Optional(Type.Object({ days: Days, text: TextSchema, basis: Basis }, strict)),
    text: TextSchema,
    basis: Basis,
  },
  strict,
)

const PolicyConditionSchema = Type.Object(
  {
    text: TextSchema,
    failIf: Type.Optional(ConditionSchema),
    refusal: Type.Optional(Type.Object({ reason: TextSchema, canDo: TextSchema }, strict)),
  },
  strict,
)

const PhoneKey = Type.Union([
  Type.Literal('station'),
  Type.Literal('bureau'),
  Type.Literal('12389'),
  Type.Literal('12345'),
  Type.Literal('960111'),
])

const SupervisionSchema = Type.Object(
  {
    phones: Type.Array(Type.Object({ key: PhoneKey, text: TextSchema }, strict), { minItems: 1 }),
    window: TextSchema,
    online: TextSchema,
    text: TextSchema,
  },
  strict,
)

const AreaSchema = Type.Union([
  Type.Literal('household_registration'),
  Type.Literal('id_card'),
  Type.Literal('residence'),
  Type.Literal('exit_entry'),
  Type.Literal('traffic'),
  Type.Literal('public_order'),
])

const KindSchema = Type.Union([
  Type.Literal('registration'),
  Type.Literal('confirmation'),
  Type.Literal('licence'),
  Type.Literal('public_service'),
])

const SourceNoticeSchema = Type.Object(
  {
    level: Type.Union([
      Type.Literal('national'),
      Type.Literal('provincial'),
      Type.Literal('municipal'),
      Type.Literal('bureau'),
    ]),
    title: Type.String({ minLength: 1 }),
    number: Type.Optional(Type.String({ minLength: 1 })),
    issuedOn: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
  },
  strict,
)

/** The content of one item version, as files, the database and the console hold it. */
export const ItemContentSchema = Type.Object(
  {
    code: Type.String({ pattern: '^[a-z_]+(\\.[a-z_]+)?$' }),
    kind: KindSchema,
    area: AreaSchema,
    name: TextSchema,
    summary: TextSchema,
    applicants: TextSchema,
    conditions: Type.Array(PolicyConditionSchema, { minItems: 1 }),
    questions: Type.Array(QuestionSchema),
    materials: Type.Array(MaterialSchema, { minItems: 1 }),
    fee: FeeSchema,
    process: Type.Array(Type.Object({ step: TextSchema, place: TextSchema, who: TextSchema }, strict), { minItems: 1 }),
    statutoryLimit: StatutoryLimitSchema,
    promisedLimit: LimitSchema,
    result: TextSchema,
    delivery: TextSchema,
    supervision: SupervisionSchema,
    faq: Type.Array(Type.Object({ q: TextSchema, a: TextSchema }, strict)),
    basis: Type.Array(
      Type.Object({ source: Type.String({ minLength: 1 }), article: Type.Optional(Type.String()) }, strict),
      {
        minItems: 1,
      },
    ),
    sourceNotice: Type.Optional(SourceNoticeSchema),
  },
  strict,
)

/** One file of `items/`, named `code@from.json`. */
export const ItemVersionSchema = Type.Object(
  { from: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }), changeNote: TextSchema, content: ItemContentSchema },
  strict,
)

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false

/** The schema and the rules' own type must say the same; a difference does not compile. */
export const schemaMatchesRules: [
  Same<Static<typeof ItemContentSchema>, ItemContent>,
  Same<Static<typeof ItemVersionSchema>, ItemVersion>,
] = [true, true]
