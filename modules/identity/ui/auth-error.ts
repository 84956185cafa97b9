import { useTranslation } from 'react-i18next'
import { ClientError } from '../../../kernel/client.ts'
import { useErrorText } from '../../../web/kit/states.tsx'

/** What the sign-in library refuses, in the person's words. */
export function useAuthError(): (error: unknown) => string {
  const { t } = useTranslation('identity')
  const errorText = useErrorText()
  return (error) => {
    const code = error instanceof ClientError ? error.problem.code : undefined
    return typeof code === 'string' && /^[A-Z_]+$/.test(code)
      ? t(`refused.${code}`, { defaultValue: t('refused.other') })
      : errorText(error)
  }
}
