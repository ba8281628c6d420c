import { type Static, Type } from 'typebox'
import { statuses } from '#policy/service-window/lifecycle.ts'

const Id = Type.String({ format: 'uuid' })
const Day = Type.String({ format: 'date' })
const Moment = Type.String({ format: 'date-time' })
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])

export const MatterParams = Type.Object({ id: Id })

/** A matter as other systems get it: no phone, no citizen number. */
export const MatterReply = Type.Object({
  id: Id,
  no: Type.String(),
  status: Type.Union(statuses.map((status) => Type.Literal(status))),
  applicantName: Type.String(),
  request: Type.String(),
  itemCode: orNull(Type.String()),
  unitId: Id,
  handlingUnitId: Id,
  firstOfficerId: Id,
  holderId: orNull(Id),
  receivedAt: Moment,
  acceptedAt: orNull(Moment),
  acceptanceNo: orNull(Type.String()),
  dueOn: orNull(Day),
  dueProvisional: Type.Boolean(),
  dueBasis: orNull(Type.String()),
  finishedAt: orNull(Moment),
  visits: Type.Integer(),
  version: Type.Integer(),
})
export type MatterReply = Static<typeof MatterReply>

export const MatterRowReply = Type.Pick(MatterReply, [
  'id',
  'no',
  'status',
  'applicantName',
  'request',
  'itemCode',
  'unitId',
  'handlingUnitId',
  'receivedAt',
  'dueOn',
  'dueProvisional',
  'visits',
])
export const MatterListReply = Type.Object({ rows: Type.Array(MatterRowReply), next: orNull(Type.String()) })

export const ReceptionBody = Type.Object({
  attempt: Id,
  name: Type.String({ maxLength: 200 }),
  request: Type.String({ maxLength: 2000 }),
  phone: Type.Optional(Type.String({ maxLength: 40 })),
  citizenNo: Type.Optional(Type.String({ maxLength: 40 })),
  itemCode: Type.Optional(Type.String({ maxLength: 100 })),
  unitId: Type.Optional(Id),
  counterId: Type.Optional(Id),
})
export const ReceptionReply = Type.Object({ id: Id, no: Type.String(), queryCode: Type.String() })

export const CheckBody = Type.Object({
  attempt: Id,
  version: Type.Integer(),
  answers: Type.Record(Type.String({ maxLength: 60 }), Type.String({ maxLength: 60 })),
  checks: Type.Array(
    Type.Object({
      code: Type.String({ maxLength: 60 }),
      verdict: Type.Union([Type.Literal('present'), Type.Literal('missing'), Type.Literal('defective')]),
      defect: Type.Optional(Type.String({ maxLength: 300 })),
      mended: Type.Optional(Type.Boolean()),
      newPaper: Type.Optional(Type.Boolean()),
    }),
    { maxItems: 60 },
  ),
})
export const CheckReply = Type.Object({
  branch: orNull(Type.Union([Type.Literal('accept'), Type.Literal('supplement'), Type.Literal('refuse')])),
  unanswered: Type.Array(Type.String()),
  gaps: Type.Array(Type.Object({ code: Type.String(), problem: Type.String() })),
  version: Type.Integer(),
})

export const StepBody = Type.Object({ attempt: Id, version: Type.Integer() })
export const AcceptReply = Type.Object({ acceptanceNo: Type.String(), dueOn: Day, provisional: Type.Boolean() })
export const NoticeReply = Type.Object({ noticeId: Id, no: Type.String() })
