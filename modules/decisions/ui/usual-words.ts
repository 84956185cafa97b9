import { useTranslation } from 'react-i18next'
import { USUAL_CLAUSES } from '../usual-clauses.ts'

interface Clause {
  number: number
  title: string
  text: string
}

/** A clause in the reader's language where it is the usual one, else as it was written. */
export function useClauseWords(): (clause: Clause) => Clause {
  const { t } = useTranslation('decisions')
  return (clause) => {
    const { number, title, text } = clause
    const usual = USUAL_CLAUSES.find((one) => one.number === number)
    return {
      number,
      title: title === usual?.title ? t(`usual.c${number}.title`, { defaultValue: title }) : title,
      text: text === usual?.text ? t(`usual.c${number}.text`, { defaultValue: text }) : text,
    }
  }
}
