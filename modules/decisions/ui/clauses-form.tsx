import { ActionIcon, Button, Textarea, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { toast } from '../../../web/kit/toast.tsx'
import { useClauseToKeep, useClauseWords } from './usual-words.ts'

interface Clause {
  number: number
  title: string
  text: string
}
interface Props {
  clauses: Clause[]
  onChange: (clauses: Clause[]) => void
}

/** The public text clause by clause; a number stays a clause's own, since decisions cite it. */
export function ClausesForm({ clauses, onChange }: Props) {
  const { t } = useTranslation('decisions')
  const wordsOf = useClauseWords()
  const toKeep = useClauseToKeep()
  const put = (number: number, change: Partial<Clause>) =>
    onChange(clauses.map((one) => (one.number === number ? toKeep({ ...wordsOf(one), ...change }) : one)))
  const remove = (number: number) => {
    onChange(clauses.filter((one) => one.number !== number))
    toast(t('clause.removed', { number }), () => onChange(clauses))
  }
  const add = () => onChange([...clauses, { number: Math.max(0, ...clauses.map((one) => one.number)) + 1, title: '', text: '' }])
  return (
    <>
      <ol className="clauses">
        {clauses.map(wordsOf).map((clause) => (
          <li key={clause.number} value={clause.number}>
            <span className="honour" aria-hidden="true">
              {clause.number}
            </span>
            <div className="stack" style={{ gap: 8 }}>
              <div className="pair" style={{ gridTemplateColumns: 'minmax(0, 1fr) 36px' }}>
                <TextInput
                  aria-label={t('clause.title', { number: clause.number })}
                  maxLength={120}
                  value={clause.title}
                  onChange={(event) => put(clause.number, { title: event.currentTarget.value })}
                />
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size={36}
                  aria-label={t('clause.remove', { number: clause.number })}
                  onClick={() => remove(clause.number)}
                >
                  <IconTrash size={17} stroke={1.7} />
                </ActionIcon>
              </div>
              <Textarea
                aria-label={t('clause.text', { number: clause.number })}
                autosize
                minRows={2}
                maxLength={2000}
                value={clause.text}
                onChange={(event) => put(clause.number, { text: event.currentTarget.value })}
              />
            </div>
          </li>
        ))}
      </ol>
      <Button variant="default" leftSection={<IconPlus size={18} />} onClick={add} style={{ marginBlockStart: 12 }}>
        {t('clause.add')}
      </Button>
    </>
  )
}
