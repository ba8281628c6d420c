import { Type } from 'typebox'
import { idParams, posted } from '#console/system/shared.ts'
import { findPersonFully, needKeeper, type Person, setActive } from '#modules/directory/index.ts'
import type { Auth } from '#platform/auth/index.ts'
import { type Context, dayOf } from '#platform/context.ts'
import { type AnyEndpoint, endpoint } from '#platform/http/endpoint.ts'
import { invalid, Problem } from '#platform/problem.ts'
import { personPath } from './people-page.ts'
import { personPage } from './person-page.ts'

const keeping = { side: 'internal', permission: 'account.manage' } as const
const anybody = Type.Object(posted)

/** What is done to an account: opened, password set, disabled, unlocked, second factor removed, sessions ended. */
export function accountEndpoints(auth: Auth): AnyEndpoint[] {
  return [openAccount(auth), setPassword(auth), ...accountActs(auth)]
}

const passwordBody = Type.Object({ password: Type.String({ minLength: 1, maxLength: 256 }), ...posted })

const openAccount = (auth: Auth) =>
  endpoint({
    ...keeping,
    method: 'POST',
    path: '/console/accounts/people/:id/account',
    summary: 'Open an account with a one-time password',
    audit: 'account.opened',
    params: idParams,
    body: passwordBody,
    handle: async (ctx, { params, body }) => {
      const person = await kept(ctx, params.id)
      if (person.account.exists) throw new Problem(409, 'account-exists')
      const opened = await auth.addUser({
        personId: params.id,
        number: person.policeNo,
        password: body.password.trim(),
      })
      if ('refused' in opened) throw passwordProblem(opened.refused)
      return {
        redirect: personPath(params.id, '?done=account'),
        audit: { subjectKind: 'person', subjectId: params.id },
      }
    },
    onProblem: (ctx, { params, body, meta }, problem) =>
      personPage(ctx, meta, params.id, { body, problem, form: 'password' }),
  })

const setPassword = (auth: Auth) =>
  endpoint({
    ...keeping,
    method: 'POST',
    path: '/console/accounts/people/:id/password',
    summary: 'Set a one-time password',
    audit: 'account.password-set',
    params: idParams,
    body: passwordBody,
    handle: async (ctx, { params, body }) => {
      await kept(ctx, params.id)
      const set = await auth.setPassword(params.id, body.password.trim())
      if ('refused' in set) throw passwordProblem(set.refused)
      return {
        redirect: personPath(params.id, '?done=password'),
        audit: { subjectKind: 'person', subjectId: params.id },
      }
    },
    onProblem: (ctx, { params, body, meta }, problem) =>
      personPage(ctx, meta, params.id, { body, problem, form: 'password' }),
  })

function passwordProblem(code: string): Problem {
  return code.startsWith('password-') ? invalid({ password: code }) : new Problem(409, code)
}

/** The person, once it is certain that the actor may change the account. */
async function kept(ctx: Context, id: string): Promise<Person> {
  needKeeper(ctx, id)
  return findPersonFully(ctx, id, dayOf(ctx.now))
}

/** One button each. The library commits on its own, so its call comes last: what fails before it has not happened. */
function accountActs(auth: Auth): AnyEndpoint[] {
  const act = (
    path: string,
    summary: string,
    audit: string,
    done: string,
    work: (ctx: Context, person: Person) => Promise<unknown>,
  ) =>
    endpoint({
      ...keeping,
      method: 'POST',
      path: `/console/accounts/people/:id/${path}`,
      summary,
      audit,
      params: idParams,
      body: anybody,
      handle: async (ctx, { params }) => {
        const person = await kept(ctx, params.id)
        if (!person.account.exists) throw new Problem(409, 'no-account')
        await work(ctx, person)
        return {
          redirect: personPath(params.id, `?done=${done}`),
          audit: { subjectKind: 'person', subjectId: params.id },
        }
      },
      onProblem: (ctx, { params, meta }, problem) => personPage(ctx, meta, params.id, { problem }),
    })
  return [
    act('disable', 'Disable an account', 'account.disabled', 'disabled', async (ctx, { id }) => {
      await setActive(ctx, id, false)
      await auth.disableUser(id)
    }),
    act('enable', 'Enable an account', 'account.enabled', 'enabled', async (ctx, { id }) => {
      await setActive(ctx, id, true)
      await auth.enableUser(id)
    }),
    act('unlock', 'Take a lock off', 'account.unlocked', 'unlocked', (_ctx, { policeNo }) => auth.unlock(policeNo)),
    act('reset-second-factor', 'Remove the second factor', 'account.second-factor-reset', 'second', (_ctx, { id }) =>
      auth.resetSecondFactor(id),
    ),
    act('end-sessions', 'End all sessions of a person', 'account.sessions-ended', 'sessions', (_ctx, { id }) =>
      auth.signOutEverywhere(id),
    ),
  ]
}
