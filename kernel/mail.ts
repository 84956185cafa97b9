import { sql } from 'kysely'
import { Liquid } from 'liquidjs'
import type { Transporter } from 'nodemailer'
import { type Ctx, defineModule, type JobCtx, job, type Module } from './module.ts'

/** What a mail says in one language; every text is a Liquid template over the mail's fields. */
interface MailText {
  subject: string
  title: string
  lines: readonly string[]
  /** The words on the button that leads to `url`. */
  action?: string
  /** Says by when, over `due`. */
  clock?: string
}

export interface MailTemplate {
  name: string
  texts: Readonly<Record<string, MailText>> & { en: MailText }
}

export type MailFields = Record<string, string | number | null>

const templates = new Map<string, MailTemplate>()

/** Declares a mail; its texts live with the room that sends it. */
export function mailTemplate(name: string, texts: MailTemplate['texts']): MailTemplate {
  const template = { name, texts }
  templates.set(name, template)
  return template
}

export interface Mail {
  to: string
  locale: string
  /** `path` is where the button leads on our site (or `url` elsewhere), `sender` who the mail is from, `colour` their colour. */
  fields: MailFields
  /** The receiver's own language with its words, where whoever reads the outbox shall not learn it: there the mail stands in `locale`. */
  own?: MailFields & { locale: string }
}

/** Stores a mail with the transaction; a job renders and sends it after the commit. */
export async function sendMail(ctx: Ctx, template: MailTemplate, { to, locale, fields, own }: Mail): Promise<string> {
  const id = ctx.id()
  await sql`insert into mails (tenant_id, id, to_address, template, locale, fields, created_at)
    values (${ctx.tenant_id}, ${id}, ${to}, ${template.name}, ${locale}, ${JSON.stringify({ ...fields, own })}::jsonb, ${ctx.now})`.execute(
    ctx.db,
  )
  ctx.enqueue('mail.send', { mail_id: id })
  return id
}

const limits = { renderLimit: 2000, memoryLimit: 1_000_000, parseLimit: 100_000, strictFilters: true }
const plain = new Liquid(limits)
const escaped = new Liquid({ ...limits, outputEscape: 'escape' })

const LAYOUT = `<mjml lang="{{ locale }}" dir="{{ dir }}"><mj-head><mj-title>{{ subject }}</mj-title>
<mj-attributes><mj-all font-family="Source Sans 3, Segoe UI, Helvetica, Arial, sans-serif" /><mj-section direction="{{ dir }}" /><mj-column direction="{{ dir }}" /><mj-text align="{{ align }}" font-size="16px" line-height="24px" color="#1d2733" /></mj-attributes></mj-head>
<mj-body background-color="#f3f4f1" width="560px"><mj-section padding="28px 0 8px"><mj-column><mj-text font-size="14px" color="#4b5763">{{ sender }}</mj-text></mj-column></mj-section>
<mj-section background-color="#ffffff" border-top="4px solid {{ colour }}" padding="20px 12px 28px"><mj-column><mj-text font-size="24px" line-height="30px" font-weight="600">{{ title }}</mj-text>
{% for line in lines %}<mj-text>{{ line }}</mj-text>{% endfor %}{% if clock %}<mj-text font-weight="600">{{ clock }}</mj-text>{% endif %}
{% if action %}<mj-button align="{{ align }}" href="{{ url }}" background-color="{{ colour }}" color="#ffffff" border-radius="6px" font-size="16px" inner-padding="12px 22px">{{ action }}</mj-button>
<mj-text font-size="13px" color="#4b5763"><bdi>{{ url }}</bdi></mj-text>{% endif %}</mj-column></mj-section></mj-body></mjml>`

export interface RenderedMail {
  subject: string
  html: string
  plain: string
}

/** Renders subject, HTML and text part; a language without texts is given English. */
export async function renderMail({ texts }: MailTemplate, locale: string, fields: MailFields): Promise<RenderedMail> {
  const language = texts[locale] ? locale : 'en'
  const text = texts[language] ?? texts.en
  const fill = async (words: string | undefined): Promise<string> => String(await plain.parseAndRender(words ?? '', fields))
  const [subject, title, action, clock] = await Promise.all([text.subject, text.title, text.action, text.clock].map(fill))
  const lines = await Promise.all(text.lines.map(fill))
  const rtl = language === 'ar'
  const place = { locale: language, dir: rtl ? 'rtl' : 'ltr', align: rtl ? 'right' : 'left' }
  const colour = typeof fields.colour === 'string' ? fields.colour : '#1f4e5f'
  const filled = { ...place, sender: fields.sender ?? '', url: fields.url ?? '', colour, subject, title, lines, action, clock }
  // Read when the first mail is rendered: it takes a third of a second and 100 MB, which a start does not have.
  const { default: mjml2html } = await import('mjml')
  const { html } = await mjml2html(await escaped.parseAndRender(LAYOUT, filled), { validationLevel: 'skip', fonts: {} })
  const parts = [title, ...lines, clock, action ? `${action}: ${fields.url ?? ''}` : '', '-- ', fields.sender]
  return { subject: subject ?? '', html, plain: `${parts.filter(Boolean).join('\n\n')}\n` }
}

interface MailRow {
  to_address: string
  template: string
  locale: string
  fields: MailFields & Pick<Mail, 'own'>
  state: string
}

type Send = (to: string, mail: RenderedMail) => Promise<void>

async function deliverMail(
  worker: JobCtx,
  mail_id: string,
  { send, public_url }: { send: Send | null; public_url: string },
): Promise<void> {
  const row = await worker.tx(async ({ db, tenant_id }) => {
    const { rows } =
      await sql<MailRow>`select to_address, template, locale, fields, state from mails where tenant_id = ${tenant_id} and id = ${mail_id}`.execute(
        db,
      )
    return rows[0]
  })
  if (row?.state !== 'waiting') return
  const template = templates.get(row.template)
  if (!template) throw new Error(`There is no mail ${row.template}`)
  const { own, ...told } = row.fields
  const url = typeof told.path === 'string' ? new URL(told.path, public_url).href : (told.url ?? null)
  const mail = await renderMail(template, row.locale, { ...told, url })
  if (send) await send(row.to_address, own ? await renderMail(template, own.locale, { ...told, ...own, url }) : mail)
  // What was sent is not kept: its links are as good as keys.
  const kept = send ? { subject: mail.subject, html: null, plain: null } : mail
  await worker.tx(async ({ db, tenant_id, now }) => {
    await sql`update mails set state = ${send ? 'sent' : 'kept'}, fields = '{}', subject = ${kept.subject}, html = ${kept.html}, plain = ${kept.plain}, done_at = ${now}
      where tenant_id = ${tenant_id} and id = ${mail_id}`.execute(db)
  })
}

function senderOver(smtp_url: string, from: string): Send {
  let transport: Promise<Transporter> | undefined
  return async (to, { subject, html, plain: text }) => {
    transport ??= import('nodemailer').then(({ createTransport }) => createTransport(smtp_url))
    await (await transport).sendMail({ from, to, subject, html, text })
  }
}

export interface MailOptions {
  /** Where mails go out; null keeps them in the outbox. */
  smtp_url: string | null
  from: string
  public_url: string
}

/** The background part of mail, wired beside the product's modules. */
export function mailModule({ smtp_url, from, public_url }: MailOptions): Module {
  const send = smtp_url ? senderOver(smtp_url, from) : null
  return defineModule('mail', {
    jobs: [job('mail.send', (worker, { mail_id }) => deliverMail(worker, String(mail_id), { send, public_url }))],
  })
}
