import { mailTemplate } from '../../../kernel/mail.ts'

/** To the partner: a protection ends soon, and the button extends it. */
export const endingMail = mailTemplate('deals.ending', {
  en: {
    subject: 'The protection of {{ customer }} ends in {{ days }} days',
    title: '{{ customer }}: {{ days }} days left',
    lines: [
      '{% if is_last %}The protection of D-{{ number }} was extended as often as the terms allow. If you need longer, talk to your partner manager.{% elsif link_until %}Say what has moved since, and the protection of D-{{ number }} is extended until {{ extended_until }}.{% else %}Say what has moved since, and the protection of D-{{ number }} is extended.{% endif %}',
      '{% if link_until %}You need not sign in. The button is yours alone and works once, until {{ link_until }}: do not pass this mail on.{% endif %}',
    ],
    clock: 'Until {{ due }}',
    action: '{% if is_last %}Open the deal{% else %}Extend{% endif %}',
  },
  de: {
    subject: 'Der Schutz für {{ customer }} endet in {{ days }} Tagen',
    title: '{{ customer }}: noch {{ days }} Tage',
    lines: [
      '{% if is_last %}Der Schutz von D-{{ number }} wurde so oft verlängert, wie die Bedingungen erlauben. Brauchen Sie länger, sprechen Sie mit Ihrer Partnerbetreuung.{% elsif link_until %}Schreiben Sie, was sich bewegt hat, und der Schutz von D-{{ number }} wird bis {{ extended_until }} verlängert.{% else %}Schreiben Sie, was sich bewegt hat, und der Schutz von D-{{ number }} wird verlängert.{% endif %}',
      '{% if link_until %}Sie müssen sich nicht anmelden. Der Knopf gilt nur für Sie und einmal, bis {{ link_until }}: Geben Sie diese Mail nicht weiter.{% endif %}',
    ],
    clock: 'Bis {{ due }}',
    action: '{% if is_last %}Deal öffnen{% else %}Verlängern{% endif %}',
  },
  ar: {
    subject: 'تنتهي حماية {{ customer }} خلال {{ days }} أيام',
    title: '{{ customer }}: بقي {{ days }} أيام',
    lines: [
      '{% if is_last %}مُدّدت حماية D-{{ number }} بقدر ما تسمح به الشروط. إن احتجت إلى وقت أطول فتحدث إلى مدير الشركاء لديك.{% elsif link_until %}اكتب ما تقدّم، فتُمدَّد حماية D-{{ number }} حتى {{ extended_until }}.{% else %}اكتب ما تقدّم، فتُمدَّد حماية D-{{ number }}.{% endif %}',
      '{% if link_until %}لا حاجة إلى تسجيل الدخول. الزر لك وحدك ويعمل مرة واحدة حتى {{ link_until }}، فلا تمرّر هذه الرسالة إلى غيرك.{% endif %}',
    ],
    clock: 'حتى {{ due }}',
    action: '{% if is_last %}افتح الصفقة{% else %}مدّد{% endif %}',
  },
})
