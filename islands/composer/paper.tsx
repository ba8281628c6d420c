import type { ComposerData } from '#console/service-window/composer-data.ts'
import type { ItemContent } from '#policy/registration/item.ts'
import type { MaterialCheck } from '#policy/registration/material-check.ts'
import { isTyping } from '../lib/keys.ts'

// Laid out as cards on small screens a table loses its roles, so they are written out.
export const as = <R extends string>(role: R) => ({ role })

/** Answers side by side: a counter screen shows the whole case without scrolling. */
export const inline = { display: 'flex', flexWrap: 'wrap' } as const

type Verdict = MaterialCheck['verdict']
const verdicts: readonly Verdict[] = ['present', 'missing', 'defective']

type ChoiceProps = {
  type: 'radio' | 'checkbox'
  name: string
  value: string
  label: string
  checked: boolean
  onChange: (on: boolean) => void
}

export function Choice({ type, name, value, label, checked, onChange }: ChoiceProps) {
  const id = `c-${name}-${value}`.replace(/[^\w-]/g, '-')
  return (
    <div class="choice" style={{ marginRight: '24px' }}>
      <input
        type={type}
        id={id}
        name={name}
        value={value}
        checked={checked}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <label for={id}>{label}</label>
    </div>
  )
}

type PaperProps = {
  data: ComposerData
  material: ItemContent['materials'][number]
  unsure: boolean
  check: MaterialCheck | undefined
  set: (code: string, change: Partial<MaterialCheck>) => void
}

export function Paper({ data, material, unsure, check, set }: PaperProps) {
  const { words, lang } = data
  const { code } = material
  const counts = [
    material.original ? words.original.replace('{n}', String(material.original)) : '',
    material.copies ? words.copies.replace('{n}', String(material.copies)) : '',
  ]
  const list = `l-${code}`
  // The page's own id for this field: the error summary links to it.
  const id = `f-defect-${code.replace(/[^a-zA-Z0-9_-]/g, '-')}`
  const error = check?.defect ? undefined : data.errors[`defect.${code}`]
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing || event.keyCode === 229) return
    const chosen =
      /^[123]$/.test(event.key) && !event.ctrlKey && !event.altKey && !event.metaKey
        ? verdicts[Number(event.key) - 1]
        : undefined
    if (!chosen || isTyping(event.target as Element)) return
    event.preventDefault()
    event.stopPropagation()
    set(code, { verdict: chosen })
    moveOn(event.currentTarget as HTMLElement, chosen)
  }
  return (
    <tr {...as('row')} tabIndex={0} onKeyDown={onKeyDown} aria-label={material.name[lang]}>
      <th {...as('rowheader')} scope="row" class="cell-main">
        {material.name[lang]}
        <p class="hint">
          {counts.filter(Boolean).join(lang === 'en' ? ', ' : '，')}
          {unsure ? ` · ${words.mayApply}` : ''}
        </p>
      </th>
      <td {...as('cell')} data-label={words.material.verdict}>
        <div style={inline}>
          {verdicts.map((verdict) => (
            <Choice
              key={verdict}
              type="radio"
              name={`verdict.${code}`}
              value={verdict}
              label={words.verdicts[verdict]}
              checked={check?.verdict === verdict}
              onChange={() => set(code, { verdict })}
            />
          ))}
        </div>
      </td>
      <td {...as('cell')} data-label={words.material.remark}>
        <div>
          {check?.verdict === 'defective' && (
            <div class={error ? 'field field-medium field-wrong' : 'field field-medium'}>
              {error && (
                <p class="field-error" id={`${id}-error`}>
                  {error}
                </p>
              )}
              <input
                type="text"
                id={id}
                aria-invalid={error ? 'true' : undefined}
                aria-describedby={error ? `${id}-error` : undefined}
                name={`defect.${code}`}
                value={check.defect ?? ''}
                maxLength={300}
                autocomplete="off"
                aria-label={words.defect}
                placeholder={words.defect}
                list={list}
                onInput={(event) => set(code, { defect: event.currentTarget.value })}
              />
              <datalist id={list}>
                {material.commonDefects?.map((defect) => (
                  <option key={defect[lang]} value={defect[lang]} />
                ))}
              </datalist>
            </div>
          )}
          {check?.verdict === 'defective' && material.mendableOnSpot && (
            <Choice
              type="checkbox"
              name={`mended.${code}`}
              value="yes"
              label={words.mended}
              checked={check.mended === true}
              onChange={(mended) => set(code, { mended })}
            />
          )}
          {check?.verdict === 'defective' && data.laterVisit && (
            <Choice
              type="checkbox"
              name={`newPaper.${code}`}
              value="yes"
              label={words.newPaper}
              checked={check.newPaper === true}
              onChange={(newPaper) => set(code, { newPaper })}
            />
          )}
        </div>
      </td>
    </tr>
  )
}

/** After a finding the next paper is in focus; a defect wants its words first. */
function moveOn(row: HTMLElement, chosen: Verdict): void {
  requestAnimationFrame(() => {
    const target =
      chosen === 'defective'
        ? row.querySelector<HTMLElement>('input[type=text]')
        : (row.nextElementSibling as HTMLElement | null)
    ;(target ?? row).focus()
  })
}
