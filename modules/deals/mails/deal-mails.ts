import { mailTemplate } from '../../../kernel/mail.ts'

const OUTCOME = {
  en: { approve: 'protected', reject: 'refused', review: 'being reviewed', hold: 'held', supersede: 'superseded' },
  de: { approve: 'geschützt', reject: 'abgelehnt', review: 'in Prüfung', hold: 'vorgemerkt', supersede: 'ersetzt' },
  ar: { approve: 'محمية', reject: 'مرفوضة', review: 'قيد المراجعة', hold: 'محجوزة', supersede: 'مستبدلة' },
} as const

const word = (language: keyof typeof OUTCOME): string =>
  `{% case outcome %}${Object.entries(OUTCOME[language])
    .map(([outcome, words]) => `{% when '${outcome}' %}${words}`)
    .join('')}{% endcase %}`

/** To the partner: what became of a registration. */
export const decidedMail = mailTemplate('deals.decided', {
  en: {
    subject: `D-{{ number }} {{ customer }} is ${word('en')}`,
    title: `{{ customer }}: ${word('en')}`,
    lines: [
      'Your registration D-{{ number }} ({{ product }}) is ' + word('en') + '.',
      "{% if outcome == 'hold' %}Your place is kept. Add one dated contact with the customer, and it is protected.{% elsif outcome == 'reject' and clause %}It was decided by clause {{ clause }} of the rules of engagement. The page of the deal shows why, and what else of this customer is free.{% elsif outcome == 'supersede' and clause %}The customer decided in writing, and its word outranks all (clause {{ clause }}).{% elsif outcome == 'approve' and by == 'clock' %}The answer was late, so clause 7 protects you.{% endif %}",
      '{% if outside %}The customer is outside your territory. That is noted, and no reason to refuse it.{% endif %}',
    ],
    action: 'Open the deal',
    clock: '{% if due %}Until {{ due }}{% endif %}',
  },
  de: {
    subject: `D-{{ number }} {{ customer }} ist ${word('de')}`,
    title: `{{ customer }}: ${word('de')}`,
    lines: [
      'Ihre Registrierung D-{{ number }} ({{ product }}) ist ' + word('de') + '.',
      "{% if outcome == 'hold' %}Ihr Platz ist vorgemerkt. Mit einem datierten Kontakt zum Kunden wird er geschützt.{% elsif outcome == 'reject' and clause %}Entschieden nach Klausel {{ clause }} der Zusammenarbeitsregeln. Die Seite des Deals zeigt, warum und was bei diesem Kunden frei ist.{% elsif outcome == 'supersede' and clause %}Der Kunde hat schriftlich entschieden; sein Wort geht allem vor (Klausel {{ clause }}).{% elsif outcome == 'approve' and by == 'clock' %}Die Antwort kam nicht rechtzeitig, darum schützt Sie Klausel 7.{% endif %}",
      '{% if outside %}Der Kunde liegt außerhalb Ihres Gebiets. Das wird vermerkt und ist kein Grund zur Ablehnung.{% endif %}',
    ],
    action: 'Deal öffnen',
    clock: '{% if due %}Bis {{ due }}{% endif %}',
  },
  ar: {
    subject: `D-{{ number }} {{ customer }}: ${word('ar')}`,
    title: `{{ customer }}: ${word('ar')}`,
    lines: [
      'تسجيلك D-{{ number }} ({{ product }}): ' + word('ar') + '.',
      "{% if outcome == 'hold' %}مكانك محجوز. أضف تواصلاً مؤرخاً مع العميل ليصبح محمياً.{% elsif outcome == 'reject' and clause %}القرار وفق البند {{ clause }} من قواعد التعامل. تعرض صفحة الصفقة السبب وما هو متاح لدى هذا العميل.{% elsif outcome == 'supersede' and clause %}قرر العميل كتابةً، وكلمته فوق كل شيء (البند {{ clause }}).{% endif %}",
      '{% if outside %}العميل خارج منطقتك. يُدوَّن ذلك، وليس سببًا للرفض.{% endif %}',
    ],
    action: 'افتح الصفقة',
    clock: '{% if due %}حتى {{ due }}{% endif %}',
  },
})

/** To the partner: the host asks for something. */
export const askedMail = mailTemplate('deals.asked', {
  en: {
    subject: 'A question on D-{{ number }} {{ customer }}',
    title: 'A question on {{ customer }}',
    lines: ['{{ asked }}', 'Our clock waits until you answer.'],
    action: 'Answer',
  },
  de: {
    subject: 'Eine Frage zu D-{{ number }} {{ customer }}',
    title: 'Eine Frage zu {{ customer }}',
    lines: ['{{ asked }}', 'Unsere Uhr steht, bis Sie antworten.'],
    action: 'Antworten',
  },
  ar: {
    subject: 'سؤال عن D-{{ number }} {{ customer }}',
    title: 'سؤال عن {{ customer }}',
    lines: ['{{ asked }}', 'تتوقف مهلتنا حتى تجيب.'],
    action: 'أجب',
  },
})

/** To the partner: the host hands it a deal of a partner that ended; whose it was is not said. */
export const handedMail = mailTemplate('deals.handed', {
  en: {
    subject: '{{ customer }} is now yours: D-{{ number }}',
    title: '{{ customer }} is now yours',
    lines: ['{{ sender }} hands you an open deal: D-{{ number }}, {{ product }}.', '{{ note }}'],
    clock: '{% if due %}Protected until {{ due }}{% endif %}',
    action: 'Open the deal',
  },
  de: {
    subject: '{{ customer }} ist jetzt bei Ihnen: D-{{ number }}',
    title: '{{ customer }} ist jetzt bei Ihnen',
    lines: ['{{ sender }} übergibt Ihnen einen offenen Deal: D-{{ number }}, {{ product }}.', '{{ note }}'],
    clock: '{% if due %}Geschützt bis {{ due }}{% endif %}',
    action: 'Deal öffnen',
  },
  ar: {
    subject: '{{ customer }} أصبحت لديك: D-{{ number }}',
    title: '{{ customer }} أصبحت لديك',
    lines: ['تسلّمك {{ sender }} صفقة مفتوحة: D-{{ number }}، {{ product }}.', '{{ note }}'],
    clock: '{% if due %}محمية حتى {{ due }}{% endif %}',
    action: 'افتح الصفقة',
  },
})

/** To the host: a registration waits for a decision, or its clock was missed. */
export const reviewMail = mailTemplate('deals.review', {
  en: {
    subject: 'To decide: D-{{ number }} {{ customer }}, {{ partner }}',
    title: 'D-{{ number }} {{ customer }}',
    lines: [
      '{{ partner }} registered {{ product }}. It waits for your decision.',
      "{% if outside %}The customer is outside the partner's territory; that alone is no reason to refuse.{% endif %}",
    ],
    clock: '{% if due %}By {{ due }}; after that clause 7 decides.{% endif %}',
    action: 'Decide',
  },
  de: {
    subject: 'Zu entscheiden: D-{{ number }} {{ customer }}, {{ partner }}',
    title: 'D-{{ number }} {{ customer }}',
    lines: [
      '{{ partner }} hat {{ product }} registriert und wartet auf Ihre Entscheidung.',
      '{% if outside %}Der Kunde liegt außerhalb des Gebiets des Partners; das allein ist kein Grund zur Ablehnung.{% endif %}',
    ],
    clock: '{% if due %}Bis {{ due }}; danach entscheidet Klausel 7.{% endif %}',
    action: 'Entscheiden',
  },
})
export const missedMail = mailTemplate('deals.missed', {
  en: {
    subject: 'A missed clock: D-{{ number }} {{ customer }}',
    title: 'We answered {{ partner }} too late',
    lines: ['The time to decide D-{{ number }} ({{ product }}) ran out. The deal shows what the rules did.'],
    action: 'Open the deal',
  },
  de: {
    subject: 'Frist versäumt: D-{{ number }} {{ customer }}',
    title: 'Antwort an {{ partner }} zu spät',
    lines: ['Die Frist für D-{{ number }} ({{ product }}) ist abgelaufen. Der Deal zeigt, was die Regeln getan haben.'],
    action: 'Deal öffnen',
  },
})
