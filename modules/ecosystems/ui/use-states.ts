import { useTranslation } from 'react-i18next'

/** Whether something may still be chosen, as the choices of a field. */
export function useStates(): { value: 'active' | 'retired'; label: string }[] {
  const { t } = useTranslation('ecosystems')
  return (['active', 'retired'] as const).map((value) => ({ value, label: t(`state.${value}`) }))
}
