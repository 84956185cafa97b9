import { Button, Select, TextInput } from '@mantine/core'
import { IconCircleCheck, IconCircleX, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, useList, useWrite } from '../../../web/api.ts'
import { Chip } from '../../../web/kit/figures.tsx'
import { ListPage } from '../../../web/kit/list-page.tsx'
import type { Column, ListShape } from '../../../web/kit/list-shape.ts'
import { AskSheet } from '../../../web/kit/sheet.tsx'
import { EmptyState } from '../../../web/kit/states.tsx'
import { useAct } from '../../../web/kit/use-act.ts'
import { useCan } from '../../../web/session.ts'
import type { Product } from '../contract.ts'

function ProductSheet({ product, onClose }: { product?: Product; onClose: () => void }) {
  const { t } = useTranslation('ecosystems')
  const act = useAct()
  const write = useWrite(api.ecosystems.save_product, product ? { version: product.version } : {})
  const [filled, setFilled] = useState({ code: product?.code ?? '', name: product?.name ?? '', family: product?.family ?? '' })
  const [state, setState] = useState<Product['state']>(product?.state ?? 'active')
  const put = (change: Partial<typeof filled>) => setFilled({ ...filled, ...change })
  const submit = async () => {
    const { code, name, family } = filled
    if (!code.trim() || !name.trim()) return act.fail(t('products.needed'))
    const input = { code: code.trim(), name: name.trim(), family: family.trim() || code.trim(), state }
    if (await act.run(() => write.mutateAsync(input), t('products.saved', { name: input.name }))) onClose()
  }
  return (
    <AskSheet
      title={product ? product.name : t('products.add')}
      doing={t('save')}
      onClose={onClose}
      isBusy={act.isBusy}
      failure={act.failure}
      onSubmit={() => void submit()}
    >
      <TextInput
        label={t('field.name')}
        data-autofocus
        value={filled.name}
        error={act.issues.name}
        onChange={(event) => put({ name: event.currentTarget.value })}
      />
      <TextInput
        label={t('field.code')}
        description={t('products.code_text')}
        disabled={Boolean(product)}
        value={filled.code}
        error={act.issues.code}
        onChange={(event) => put({ code: event.currentTarget.value })}
      />
      <TextInput
        label={t('products.family')}
        description={t('products.family_text')}
        value={filled.family}
        error={act.issues.family}
        onChange={(event) => put({ family: event.currentTarget.value })}
      />
      {product && (
        <Select
          label={t('field.state')}
          data={(['active', 'retired'] as const).map((value) => ({ value, label: t(`state.${value}`) }))}
          value={state}
          allowDeselect={false}
          onChange={(value) => setState(value === 'retired' ? 'retired' : 'active')}
        />
      )}
    </AskSheet>
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
  const [edited, setEdited] = useState<Product | 'new' | null>(null)
  const listed = useList(api.ecosystems.list_products, { limit: 200 })
  const columns = useColumns()
  const mayEdit = can('ecosystems.update')
  const add = mayEdit && (
    <Button leftSection={<IconPlus size={18} />} onClick={() => setEdited('new')}>
      {t('products.add')}
    </Button>
  )
  const shape: ListShape<Product> = {
    title: t('products.title'),
    actions: add,
    columns,
    hasSearch: false,
    id: (one) => one.id,
    label: (one) => one.name,
    ...(mayEdit ? { onOpen: setEdited } : {}),
    empty: (
      <EmptyState title={t('products.empty')} action={add}>
        {t('products.text')}
      </EmptyState>
    ),
  }
  return (
    <>
      <ListPage shape={shape} listed={listed}>
        <p className="soft" style={{ marginBlockStart: -12, marginBlockEnd: 16, maxInlineSize: '68ch' }}>
          {t('products.text')}
        </p>
      </ListPage>
      {edited && <ProductSheet {...(edited === 'new' ? {} : { product: edited })} onClose={() => setEdited(null)} />}
    </>
  )
}
