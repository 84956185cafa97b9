import * as z from 'zod'

/** A site as people write it, with or without its scheme; nothing that a browser would run. */
export const Website = z
  .string()
  .trim()
  .max(500)
  .transform((text) => (/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`))
  .refine((text) => /^https?:$/.test(URL.parse(text)?.protocol ?? '') && /\w\.\w/.test(URL.parse(text)?.hostname ?? ''), {
    message: 'is no address of a web site: give one as https://firm.example',
    params: { code: 'no_url' },
  })
  .meta({ examples: ['https://firm.example'] })
