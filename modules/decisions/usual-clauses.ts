const clause = (number: number, title: string, text: string) => ({ number, title, text })

/** Rules of engagement to begin with; the usual table cites its clauses by number. */
export const USUAL_CLAUSES = [
  clause(
    1,
    'Place in the queue',
    'The place of a registration is the time, on our server, at which it was complete. The place is held for five working days while evidence follows.',
  ),
  clause(2, 'Protection', 'A registration with one dated two-way contact with the customer protects its scope for 90 days.'),
  clause(3, 'Named accounts', 'Named accounts are a dated list. A later entry never undoes a registration.'),
  clause(
    4,
    'Our own work',
    'Work of our direct sellers counts from the moment this product first saw it, whatever date is typed in.',
  ),
  clause(5, 'Scope', 'Protection covers one scope: customer, product and country. Another scope of the same customer is free.'),
  clause(
    6,
    'Discretion',
    'Who is refused learns the clause, the scope and the day it ends; never who holds it, for how much, or whom they speak with.',
  ),
  clause(7, 'Our clock', 'We decide within 16 working hours. If we do not, protection is granted; a price never is.'),
  clause(8, 'Tenders', 'Every bidder has the same terms. Who prepared the tender is recorded.'),
  clause(9, 'Renewals', 'The incumbent renews, unless the customer says otherwise in writing.'),
  clause(10, 'The customer decides', "The customer's written word outranks every other clause."),
  clause(11, 'Made whole', 'If we sell direct under a valid protection, the partner is made whole.'),
  clause(
    12,
    'Territory',
    'A registration outside the countries of a partner is noted, for both sides to read. It is never refused for that: who asks to buy may be sold to.',
  ),
]
