// Formulas: RFC 9496 sections 3.1 and 4 (square root, decode, encode, map); Hisil, Wong, Carter, Dawson 2008 (points),
// in the arrangement of ref10. No branch and no address depends on a secret. Points are x, y, z, t with xy = zt.

/** a ← a^((p−5)/8) = a^(2^252 − 3). */
const raise = (a: string): string => `
  t0 = ${a}^2
  t1 = t0^2^2
  t1 = ${a} * t1
  t0 = t0 * t1
  t0 = t0^2
  t0 = t1 * t0
  t1 = t0^2^5
  t0 = t1 * t0
  t1 = t0^2^10
  t1 = t1 * t0
  t2 = t1^2^20
  t1 = t2 * t1
  t1 = t1^2^10
  t0 = t1 * t0
  t1 = t0^2^50
  t1 = t1 * t0
  t2 = t1^2^100
  t1 = t2 * t1
  t1 = t1^2^50
  t0 = t1 * t0
  t0 = t0^2^2
  ${a} = t0 * ${a}`

/** out ← the one of ±out whose canonical form is even. */
const absolute = (out: string): string => `
  ?sign = ${out} is negative
  negated = zero - ${out}
  ${out} = ?sign then negated else ${out}`

/** out ← √(u/w) or √(√−1·u/w), not negative; ?was: u/w is a square. */
const rootOfRatio = (out: string, u: string, w: string): string => `
  cube = ${w}^2
  cube = cube * ${w}
  power = cube^2
  power = power * ${w}
  power = power * ${u}
  ${raise('power')}
  ${out} = ${u} * cube
  ${out} = ${out} * power
  check = ${out}^2
  check = check * ${w}
  other = check - ${u}
  ?plain = other is zero
  other = check + ${u}
  ?flipped = other is zero
  other = ${u} * root_m1
  other = other + check
  ?turned = other is zero
  ?turned = ?turned or ?flipped
  other = ${out} * root_m1
  ${out} = ?turned then other else ${out}
  ${absolute(out)}
  ?was = ?plain or ?flipped`

/** p ← the point that `first` encodes; ?flaws marks encodings of no point. */
export const decode = `
  w = first^2
  u1 = one - w
  u2 = one + w
  u2s = u2^2
  w = u1^2
  w = w * d
  w = zero - w
  w = w - u2s
  dy = w * u2s
  ${rootOfRatio('inv', 'one', 'dy')}
  dx = inv * u2
  dy = inv * dx
  dy = dy * w
  p.x = first + first
  p.x = p.x * dx
  ${absolute('p.x')}
  p.y = u1 * dy
  p.z = one + zero
  p.t = p.x * p.y
  ?odd = p.t is negative
  ?nil = p.y is zero
  ?odd = ?odd or ?nil
  lacking = ?was then one else zero
  ?nil = lacking is zero
  ?flaws = ?odd or ?nil`

/** out ← the canonical encoding of h. */
export const encode = `
  u1 = h.z + h.y
  u2 = h.z - h.y
  u1 = u1 * u2
  u2 = h.x * h.y
  d1 = u2^2
  d1 = d1 * u1
  ${rootOfRatio('inv', 'one', 'd1')}
  d1 = inv * u1
  d2 = inv * u2
  zi = d1 * d2
  zi = zi * h.t
  ix = h.x * root_m1
  iy = h.y * root_m1
  d1 = d1 * inv_root_a_minus_d
  x = h.t * zi
  ?rotate = x is negative
  x = ?rotate then iy else h.x
  y = ?rotate then ix else h.y
  d2 = ?rotate then d1 else d2
  d1 = x * zi
  ?odd = d1 is negative
  negated = zero - y
  y = ?odd then negated else y
  y = h.z - y
  y = y * d2
  ${absolute('y')}
  out = canonical y`

/** to ← MAP(t) of RFC 9496, 4.3.4. */
const map = (to: string, t: string): string => `
  e = ${t}^2
  e = e * root_m1
  u = e + one
  u = u * one_minus_d_sq
  w = e * d
  w = w + one
  w = zero - w
  n = e + d
  w = w * n
  ${rootOfRatio('s', 'u', 'w')}
  turned = s * ${t}
  ${absolute('turned')}
  turned = zero - turned
  s = ?was then s else turned
  c = zero - one
  c = ?was then c else e
  n = e - one
  n = n * c
  n = n * d_minus_one_sq
  n = n - w
  u = s + s
  u = u * w
  n = n * root_ad_m1
  s = s^2
  w = one - s
  s = one + s
  ${to}.x = u * s
  ${to}.y = w * n
  ${to}.z = n * s
  ${to}.t = u * w`

/** to ← (y + x, y − x, z, 2dt): the form that `plus` adds. */
const cache = (to: string, from: string): string => `
  ${to}.x = ${from}.y + ${from}.x
  ${to}.y = ${from}.y - ${from}.x
  ${to}.z = ${from}.z + zero
  ${to}.t = ${from}.t * two_d`

/** r ← a + cached b, unfinished. */
const plus = (a: string, b: string): string => `
  r.x = ${a}.y + ${a}.x
  r.y = ${a}.y - ${a}.x
  r.z = r.x * ${b}.x
  r.y = r.y * ${b}.y
  r.t = ${b}.t * ${a}.t
  r.x = ${a}.z * ${b}.z
  t0 = r.x + r.x
  r.x = r.z - r.y
  r.y = r.z + r.y
  r.z = t0 + r.t
  r.t = t0 - r.t`

/** r ← 2h, unfinished. */
export const double = `
  r.x = h.x^2
  r.z = h.y^2
  r.t = 2 h.z^2
  r.y = h.x + h.y
  t0 = r.y^2
  r.y = r.z + r.x
  r.z = r.z - r.x
  r.x = t0 - r.y
  r.t = r.t - r.z`

/** to ← r without its t, which a doubling does not read. */
const finish = (to: string): string => `
  ${to}.x = r.x * r.t
  ${to}.y = r.y * r.z
  ${to}.z = r.z * r.t`

export const finishH = finish('h')
export const finishWithT = (to: string): string => `${finish(to)}
  ${to}.t = r.x * r.y`

/** p ← MAP(first) + MAP(second), the derivation of RFC 9496, 4.3.4. */
export const derive = [map('q', 'first'), cache('chosen', 'q'), map('p', 'second'), plus('p', 'chosen'), finishWithT('p')].join(
  '\n',
)

/** The cached multiples 1p … 8p in table1 … table8, and h ← the identity. */
export const tabulate = [
  cache('table1', 'p'),
  ...[1, 2, 3, 4, 5, 6, 7].flatMap((i) => [plus('p', `table${i}`), finishWithT('q'), cache(`table${i + 1}`, 'q')]),
  'h.x = zero + zero\nh.y = one + zero\nh.z = one + zero',
].join('\n')

/** h ← h + chosen, without t. */
export const addChosen = `${plus('h', 'chosen')}\n${finishH}`
