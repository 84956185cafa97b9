import { Button } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../session.ts'
import { useGo } from './go.tsx'

/** Leads from a list to the import of such rows, for whoever may run one. */
export function ImportButton({ kind, isMain }: { kind: string; isMain?: boolean }) {
  const { t } = useTranslation()
  const { go } = useGo()
  const can = useCan()
  if (!can('imports.run')) return null
  return (
    <Button
      variant={isMain ? 'filled' : 'default'}
      leftSection={<IconUpload size={18} stroke={1.6} />}
      onClick={() => go(`imports/new?kind=${kind}`)}
    >
      {t('list.import')}
    </Button>
  )
}
