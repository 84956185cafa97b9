import { mailTemplate } from '../../../kernel/mail.ts'

export const invitationMail = mailTemplate('access.invitation', {
  en: {
    subject: '{{ inviter }} invites you to {{ ecosystem }}',
    title: 'You are invited, {{ name }}',
    lines: ['{{ inviter }} asks you to join {{ ecosystem }}{% if firm %} for {{ firm }}{% endif %}.'],
    clock: 'The invitation holds until {{ due }}.',
    action: 'Accept the invitation',
  },
  de: {
    subject: '{{ inviter }} lädt Sie zu {{ ecosystem }} ein',
    title: 'Sie sind eingeladen, {{ name }}',
    lines: ['{{ inviter }} bittet Sie, {{ ecosystem }}{% if firm %} für {{ firm }}{% endif %} beizutreten.'],
    clock: 'Die Einladung gilt bis {{ due }}.',
    action: 'Einladung annehmen',
  },
  ar: {
    subject: 'يدعوك {{ inviter }} إلى {{ ecosystem }}',
    title: 'أنت مدعو، {{ name }}',
    lines: ['يطلب منك {{ inviter }} الانضمام إلى {{ ecosystem }}{% if firm %} عن {{ firm }}{% endif %}.'],
    clock: 'الدعوة سارية حتى {{ due }}.',
    action: 'قبول الدعوة',
  },
})
