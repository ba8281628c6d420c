import { Type } from 'typebox'

/** Every address of the site may carry a choice of language or size; a schema that leaves them out would lose them. */
export const choices = { lang: Type.Optional(Type.String()), elder: Type.Optional(Type.String()) }

export const codeParams = Type.Object({ code: Type.String({ pattern: '^[a-z_]+(\\.[a-z_]+)*$', maxLength: 80 }) })
