/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/newcomer.h"

#include "store/person.h"

void
newcomer(struct work *w, const struct newcomer *n, struct account *a)
{
	struct person p = {.org = n->org};
	struct account taken;

	if (person_by_address(w, n->org, "email", n->email, &p) != DONE ||
		account_of(w, p.id, &taken) == DONE) {
		p = (struct person){.org = n->org,
			.name = *n->name ? n->name : n->email,
			.email = n->email,
			.language = n->language};
		person_insert(w, &p);
	}
	*a = (struct account){.org = n->org,
		.person = p.id,
		.email = n->email,
		.name = p.name,
		.password = n->password};
	account_save(w, a);
}
