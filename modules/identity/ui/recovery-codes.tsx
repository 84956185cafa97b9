import { Button } from '@mantine/core'
import { IconCopy, IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { toast } from '../../../web/kit/toast.tsx'

/** The codes for the day the phone is lost, shown this once: to be copied or kept as a file. */
export function RecoveryCodes({ codes }: { codes: string[] }) {
  const { t } = useTranslation('identity')
  const text = `Rialto, ${location.host}\n${codes.join('\n')}\n`
  const copy = () => navigator.clipboard?.writeText(text).then(() => toast(t('second.copied')))
  return (
    <>
      <p>{t('second.codes_text')}</p>
      <ul className="codes" dir="ltr">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="bar tight">
        {navigator.clipboard && (
          <Button variant="default" size="xs" leftSection={<IconCopy size={16} />} onClick={() => void copy()}>
            {t('second.copy')}
          </Button>
        )}
        <Button
          component="a"
          variant="default"
          size="xs"
          leftSection={<IconDownload size={16} />}
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
          download="rialto-codes.txt"
        >
          {t('second.download')}
        </Button>
      </div>
    </>
  )
}
