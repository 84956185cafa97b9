// Legal forms by jurisdiction (ISO 3166; `AA`: shared by many), spelled as folding leaves them: lower-case ASCII words, dotted letters joined
// ("S.A.R.L." is sarl). A cell is `code,other spellings`; `+` marks a spelling that also stands before the name. Words: ISO 20275.
const FORMS = `
AA ltd,limited|plc,public limited company|llp,limited liability partnership|lp,limited partnership|llc,limited liability company,lc|jsc,+joint stock company
US inc,incorporated|corp,corporation|co,company|pllc|pc|pbc|lllp|ltd,ltd co|na,national association|llc,co llc
GB cic,community interest company|cio|unltd,unlimited|cyf,cyfyngedig|ccc
IE dac,designated activity company|clg|uc|teo,teoranta|cpt,cuideachta phoibli theoranta
CA ltee,limitee|ulc|inc,incorporee|enr
AU pty ltd,pty limited|pty,proprietary limited|nl
NZ ltd|ltd,tapui limited
ZA pty ltd|cc,close corporation|rf|soc ltd|npc|bpk,edms bpk
IN pvt ltd,private limited,pvt limited,private ltd,p ltd|opc,opc pvt ltd
PK pvt ltd,smc pvt ltd
BD pvt ltd
LK pvt ltd
SG pte ltd,pte limited,pte
MY sdn bhd,sendirian berhad|bhd,berhad|plt
HK ltd
CN co ltd,co limited,company limited,you xian gong si,you xian ze ren gong si|gu fen you xian gong si
TW co ltd
JP kk,+kabushiki kaisha,+kabushiki gaisha|gk,+godo kaisha,+goudou kaisha|yk,+yugen kaisha
KR co ltd,jusik hoesa,chusik hoesa
TH pcl,public company limited|co ltd
VN jsc|tnhh
PH inc
ID pt,+pt|tbk|persero
DE gmbh,gesellschaft mit beschraenkter haftung,gesellschaft mit beschrankter haftung,mbh|ag,aktiengesellschaft|kg,kommanditgesellschaft|ohg|gbr|ug,ug haftungsbeschraenkt,ug haftungsbeschrankt,haftungsbeschraenkt|gmbh co kg,gmbh und co kg,gmbh and co kg,gmbh co,gmbh and co|ag co kg,ag and co kg|kgaa,gmbh and co kgaa,gmbh co kgaa,se and co kgaa,se co kgaa|ev|eg|ek|se co kg,se and co kg|gmbh co ohg|ggmbh
AT gmbh,gesmbh,ges mbh,gesellschaft mbh|og
CH ag|sarl|sagl|gmbh
LI anstalt|ag
FR sa,societe anonyme|sarl,societe a responsabilite limitee|sas,societe par actions simplifiee|sasu|eurl|snc|sca|scop|sci|scs
BE bvba|nv|srl|sprl|cvba|vzw|asbl
NL bv,besloten vennootschap|nv,naamloze vennootschap|vof|cooperatie ua,ua|stichting,+stichting
LU sarl|sarls|sa|scsp|sicav|secs
MC sam
ES sl,sociedad limitada|sa,sociedad anonima|slu|sau|sll|slp|s coop
PT lda,limitada|sa|sgps|lda,unipessoal lda
IT spa,societa per azioni|srl,societa a responsabilita limitata|srls|sas|snc|sapa|scarl
MT ltd|plc
GR ae,anonymi etaireia|epe|ike|oe|ee
CY ltd
SE ab,aktiebolag,aktiebolaget,ab publ,publ|hb|kb
NO as,aksjeselskap|asa|ans|da|nuf
DK as|aps,anpartsselskab|ivs|is|ks
FI oy,osakeyhtio,oy ab,ab oy|oyj,oyj abp|abp
IS hf|ehf|ohf|sf
EE ou,osauhing|as
LV sia,+sia|as
LT uab,+uab|ab|vsi,+vsi|mb
PL sp zoo,sp z oo,spolka zoo,spolka z oo,spolka z ograniczona odpowiedzialnoscia,sp zoo sp k,sp z oo sp k,sp zoo sp j|sa,spolka akcyjna|sp k,sp j|psa
CZ sro,spol sro,spolecnost s rucenim omezenym|as,akciova spolecnost|ks|vos|zs
SK sro|as
HU kft,korlatolt felelossegu tarsasag|zrt|nyrt|bt|kkt|rt
SI doo|dd
HR doo|dd|jdoo
BA doo|dd
RS doo|ad
ME doo|ad
MK doo|dooel
AL shpk|sha
RO srl|sa|pfa
BG ood,+ood|eood,+eood|ad|ead
MD srl
UA tov,+tov|pat,+pat|prat,+prat|tzov
RU ooo,+ooo|oao,+oao|zao,+zao|pao,+pao
BY ooo|odo,+odo
GE llc
AM cjsc|ojsc
AZ mmc|asc
UZ mchj
TR as,anonim sirketi|ltd sti,limited sirketi|as,san ve tic as|ltd sti,san ve tic ltd sti
IL ltd|bm
AE fze|fzco|fzc|fz llc|dmcc|wll|psc|pjsc
SA pjsc|cjsc
QA wll|qpsc|qsc
BH wll|bsc|bsc,bsc c
KW kscp|kscc|kpsc
OM saog|saoc
JO psc
EG sae
MA sarl,sarl au
TN suarl
NG ltd|plc|ltd gte,gte
KE ltd
GH ltd
BR ltda|sa|eireli|epp|me,ltda me
AR sa|srl|sau|saic
MX sa de cv|s de rl de cv|sapi de cv|sab de cv|sofom
CL spa|ltda|eirl
CO sas|ltda
PE sac|saa|eirl
UY sa|srl
EC cia ltda|sa
VE ca,compania anonima
PA sa
KY ltd|spc
BM ltd
VG ltd
EU se|eeig
`

/** Forms in their own script, removed before transliteration; the value is the code they stand for. */
const NATIVE: [RegExp, string][] = [
  [/株式会社|（株）|\(株\)|㈱/gu, 'kk'],
  [/合同会社|\(同\)/gu, 'gk'],
  [/有限会社|\(有\)|㈲/gu, 'yk'],
  [/股份有限公司|股份公司/gu, 'gu fen you xian gong si'],
  [/有限责任公司|有限責任公司|有限公司/gu, 'co ltd'],
  [/주식회사|\(주\)|㈜|유한회사/gu, 'co ltd'],
  [/(?<![\p{L}])(?:ООО|ТОВ|ТОО)(?![\p{L}])|общество с ограниченной ответственностью/giu, 'ooo'],
  [/(?<![\p{L}])(?:ПАО|ОАО|ЗАО|АО)(?![\p{L}])|акционерное общество/giu, 'ao'],
  [/(?<![\p{L}])(?:Α\.?Ε\.?|Ε\.?Π\.?Ε\.?|Ι\.?Κ\.?Ε\.?)(?![\p{L}])/gu, 'ae'],
  [/ש"מ|בע[״"']מ/gu, 'bm'],
  [/ش\.?\s?م\.?\s?م\.?|ذ\.?\s?م\.?\s?م\.?/gu, 'llc'],
  [/^บริษัท\s*|\s*จำกัด(?:\s*\(มหาชน\))?$/gu, 'co ltd'],
]

type Spelling = { code: string; words: string[] }

function spellings(): { all: Spelling[]; leading: Spelling[]; jurisdictions: Map<string, Set<string>> } {
  const all: Spelling[] = []
  const leading: Spelling[] = []
  const jurisdictions = new Map<string, Set<string>>()
  for (const line of FORMS.trim().split('\n')) {
    const country = line.slice(0, 2)
    for (const cell of line.slice(3).split('|')) {
      const [code = '', ...others] = cell.split(',')
      const seen = jurisdictions.get(code) ?? new Set<string>()
      jurisdictions.set(code, seen.add(country))
      for (const spelling of [code, ...others]) {
        const words = spelling.replace('+', '').split(' ')
        all.push({ code, words })
        if (spelling.startsWith('+')) leading.push({ code, words })
      }
    }
  }
  return { all, leading, jurisdictions }
}

const table = spellings()
/** Spellings by their last word, the longest first: a name's end is looked up by its last word. */
const byLast = index(table.all, (words) => words.at(-1) ?? '')
const byFirst = index(table.leading, (words) => words[0] ?? '')

function index(list: Spelling[], keyOf: (words: string[]) => string): Map<string, Spelling[]> {
  const map = new Map<string, Spelling[]>()
  for (const spelling of list) {
    const key = keyOf(spelling.words)
    map.set(
      key,
      [...(map.get(key) ?? []), spelling].sort((a, b) => b.words.length - a.words.length),
    )
  }
  return map
}

/** Jurisdictions (ISO 3166 alpha-2; `AA` shared, `EU` union-wide) in which a form's code is used; empty when unknown. */
export function jurisdictionsOf(code: string): string[] {
  return [...(table.jurisdictions.get(code) ?? [])]
}

/** How many jurisdictions the table names (without the shared `AA`). */
export function jurisdictionCount(): number {
  const countries = new Set<string>()
  for (const seen of table.jurisdictions.values()) for (const country of seen) countries.add(country)
  countries.delete('AA')
  return countries.size
}

/** The legal form that ends `tokens[0..end)`: its code and its number of words, or null. */
export function trailingForm(tokens: string[], end: number): { code: string; length: number } | null {
  for (const { code, words } of byLast.get(tokens[end - 1] ?? '') ?? []) {
    const start = end - words.length
    if (start >= 0 && words.every((word, i) => tokens[start + i] === word)) return { code, length: words.length }
  }
  return null
}

/** The legal form that opens `tokens[start..]`, as Russian, Baltic, Indonesian or Japanese names write it, or null. */
export function leadingForm(tokens: string[], start: number): { code: string; length: number } | null {
  for (const { code, words } of byFirst.get(tokens[start] ?? '') ?? []) {
    if (words.every((word, i) => tokens[start + i] === word)) return { code, length: words.length }
  }
  return null
}

/** Takes forms written in their own script out of a name that is not plain ASCII; the code of the last one found, or null. */
export function withoutNativeForms(name: string): { name: string; code: string | null } {
  let code: string | null = null
  let rest = name
  for (const [pattern, meaning] of NATIVE) {
    const next = rest.replace(pattern, ' ')
    if (next !== rest) code = meaning
    rest = next
  }
  return rest.trim() === '' ? { name, code: null } : { name: rest, code }
}
