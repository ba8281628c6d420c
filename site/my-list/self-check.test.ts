import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadCatalogue } from '#modules/registration/catalogue/load.ts'
import { unansweredQuestions } from '#policy/registration/circumstances.ts'
import type { ItemContent } from '#policy/registration/item.ts'
import { feeFor, materialsRequired, policyVerdict } from '#policy/registration/requirements.ts'
import { answerQuery, answersIn, selfCheck } from './self-check.ts'

const contents = (await loadCatalogue()).map(({ content }) => content)

/** Answers drawn at random from every question, some left open, some that no option bears; the same in every run. */
function* randomAnswers(content: ItemContent, many: number, seed = 7) {
  let state = seed
  const next = (below: number) => {
    state = (state * 1103515245 + 12345) % 2147483648
    return Math.floor((state / 2147483648) * below)
  }
  for (let i = 0; i < many; i++) {
    const pairs = content.questions.flatMap(({ code, options }) => {
      const drawn = next(options.length + 2)
      return drawn > options.length ? [] : [[code, options[drawn]?.code ?? 'nonsense']]
    })
    yield Object.fromEntries(pairs) as Record<string, string>
  }
}

test('the self-check says what the rules say, for random answers to every service', () => {
  const seen = { asking: 0, refused: 0, list: 0 }
  for (const content of contents) {
    for (const answers of randomAnswers(content, 150)) {
      const check = selfCheck(content, answers)
      seen[check.state]++
      const verdict = policyVerdict(content, answers)
      if (check.state === 'refused') {
        assert.deepEqual(verdict, { met: false, reasons: check.reasons })
        continue
      }
      assert.ok('refused' in verdict || verdict.met)
      if (check.state === 'asking') {
        assert.ok(unansweredQuestions(content, answers).length > 0, content.code)
        continue
      }
      assert.deepEqual(check.materials, materialsRequired(content, answers))
      assert.deepEqual(check.fee, feeFor(content, answers))
      const codes = [...check.materials, ...check.spared].map(({ code }) => code)
      assert.deepEqual(codes.toSorted(), content.materials.map(({ code }) => code).toSorted())
    }
  }
  for (const [state, times] of Object.entries(seen)) assert.ok(times > 20, `${state}: ${times}`)
})

test('the address of a list gives the same list again, without answers that do not count', () => {
  for (const content of contents) {
    for (const answers of randomAnswers(content, 30, 11)) {
      const check = selfCheck(content, answers)
      const address = new URLSearchParams(answerQuery(check))
      const again = selfCheck(content, answersIn(Object.fromEntries(address)))
      if (check.assumed.every(({ question, answer }) => question.assumed === answer)) assert.deepEqual(again, check)
      assert.equal(answerQuery(again), answerQuery(check))
    }
  }
})

test('parameters that are no answers, and prototypes, are not taken for answers', () => {
  assert.deepEqual(answersIn({ lang: 'en', elder: '1', a_age: 'from_16', shown: 'age', a_x: '' }), { age: 'from_16' })
  const content = contents.find(({ code }) => code === 'id_card.loss_replacement') as ItemContent
  assert.equal(selfCheck(content, answersIn(JSON.parse('{"a___proto__":"x","a_constructor":"y"}'))).state, 'asking')
})
