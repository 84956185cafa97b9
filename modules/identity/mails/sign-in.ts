import { mailTemplate } from '../../../kernel/mail.ts'

export const magicLinkMail = mailTemplate('identity.magic_link', {
  en: {
    subject: 'Your sign-in link for {{ sender }}',
    title: 'Sign in to {{ sender }}',
    lines: ['Somebody, we hope you, asked to sign in with this address. If it was not you, do nothing.'],
    clock: 'The link works once and for 15 minutes.',
    action: 'Sign in',
  },
  de: {
    subject: 'Ihr Anmeldelink für {{ sender }}',
    title: 'Anmelden bei {{ sender }}',
    lines: ['Jemand, hoffentlich Sie, möchte sich mit dieser Adresse anmelden. Waren Sie es nicht, tun Sie nichts.'],
    clock: 'Der Link gilt einmal und 15 Minuten lang.',
    action: 'Anmelden',
  },
  ar: {
    subject: 'رابط تسجيل الدخول إلى {{ sender }}',
    title: 'تسجيل الدخول إلى {{ sender }}',
    lines: ['طلب أحدهم، ونرجو أن تكون أنت، تسجيل الدخول بهذا العنوان. إن لم تكن أنت فلا تفعل شيئًا.'],
    clock: 'يعمل الرابط مرة واحدة ولمدة 15 دقيقة.',
    action: 'تسجيل الدخول',
  },
})

export const resetPasswordMail = mailTemplate('identity.reset_password', {
  en: {
    subject: 'Set a new password for {{ sender }}',
    title: 'Set a new password',
    lines: ['Somebody, we hope you, asked for a new password. If it was not you, do nothing: the old one stays.'],
    clock: 'The link works for one hour.',
    action: 'Set a new password',
  },
  de: {
    subject: 'Neues Passwort für {{ sender }}',
    title: 'Neues Passwort setzen',
    lines: ['Jemand, hoffentlich Sie, möchte ein neues Passwort. Waren Sie es nicht, tun Sie nichts: Das alte bleibt.'],
    clock: 'Der Link gilt eine Stunde lang.',
    action: 'Neues Passwort setzen',
  },
  ar: {
    subject: 'كلمة مرور جديدة لـ {{ sender }}',
    title: 'تعيين كلمة مرور جديدة',
    lines: ['طلب أحدهم، ونرجو أن تكون أنت، كلمة مرور جديدة. إن لم تكن أنت فلا تفعل شيئًا: تبقى القديمة.'],
    clock: 'يعمل الرابط لمدة ساعة.',
    action: 'تعيين كلمة مرور جديدة',
  },
})
