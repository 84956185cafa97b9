import { Select, TextInput } from '@mantine/core'
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { api, csvAddress, useList, useWrite } from '../../../web/api.ts'
import { EditedList } from '../../../web/kit/edited-list.tsx'
import { Chip } from '../../../web/kit/figures.tsx'
import { useListInput } from '../../../web/kit/list-page.tsx'
import type { Column } from '../../../web/kit/list-shape.ts'
import { RecordSheet } from '../../../web/kit/record-sheet.tsx'
import { useAct } from '../../../web/kit/use-act.ts'
import { useRecordForm } from '../../../web/kit/use-record-form.ts'
import { useCan } from '../../../web/session.ts'
import type { Product } from '../contract.ts'
import { useStates } from './use-states.ts'

function ProductSheet({ product, onClose }: { product: Product | undefined; onClose: () => void }) {
  const { t } = useTranslation('ecosystems')
  const states = useStates()
  const write = useWrite(api.ecosystems.save_product, product ? { version: product.version } : {})
  const { code = '', name = '', family = '', state = 'active' } = product ?? {}
  const needed = (value: string) => (value.trim() ? null : t('products.needed'))
  const record = useRecordForm(
    { values: { code, name, family, state }, version: product?.version },
    { code: needed, name: needed },
  )
  const { form } = record
  const act = useAct(form.setErrors)
  const save = async () => {
    const { values } = form
    const [its, called] = [values.code.trim(), values.name.trim()]
    const input = { code: its, name: called, family: values.family.trim() || its, state: values.state }
    if (await act.run(() => write.mutateAsync(input), t('products.saved', { name: called }))) onClose()
  }
  return (
    <RecordSheet
      title={product ? product.name : t('products.add')}
      doing={t('save')}
      record={record}
      act={act}
      onSubmit={() => void save()}
      onClose={onClose}
      labelOf={(field) => t(field === 'family' ? 'products.family' : `field.${field}`)}
    >
      <TextInput label={t('field.name')} data-autofocus {...form.getInputProps('name')} />
      <TextInput
        label={t('field.code')}
        description={t('products.code_text')}
        disabled={Boolean(product)}
        {...form.getInputProps('code')}
      />
      <TextInput label={t('products.family')} description={t('products.family_text')} {...form.getInputProps('family')} />
      {product && <Select label={t('field.state')} data={states} allowDeselect={false} {...form.getInputProps('state')} />}
    </RecordSheet>
  )
}

function useColumns(): Column<Product>[] {
  const { t } = useTranslation('ecosystems')
  return [
    { key: 'name', title: t('field.name'), cell: (one) => one.name, sort: 'name', narrow: 'lead' },
    { key: 'code', title: t('field.code'), cell: (one) => one.code, sort: 'code' },
    { key: 'family', title: t('products.family'), cell: (one) => one.family },
    {
      key: 'state',
      title: t('field.state'),
      cell: (one) => (
        <Chip icon={one.state === 'active' ? IconCircleCheck : IconCircleX} tone={one.state === 'active' ? 'good' : 'plain'}>
          {t(`state.${one.state}`)}
        </Chip>
      ),
    },
  ]
}

/** What partners sell; protection holds for a family. */
export function ProductsPage() {
  const { t } = useTranslation('ecosystems')
  const can = useCan()
  const input = useListInput()
  const listed = useList(api.ecosystems.list_products, { ...input, limit: 200 } as never)
  const columns = useColumns()
  return (
    <EditedList
      shape={{
        title: t('products.title'),
        columns,
        csv: csvAddress(api.ecosystems.list_products, input),
        id: (one) => one.id,
        label: (one) => one.name,
      }}
      listed={listed}
      words={{ add: t('products.add'), text: t('products.text'), empty: t('products.empty') }}
      mayEdit={can('ecosystems.update')}
      renderSheet={(product, close) => <ProductSheet product={product} onClose={close} />}
    />
  )
}
