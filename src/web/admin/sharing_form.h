/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_SHARING_FORM_H
#define WEB_SHARING_FORM_H

/* A sharing agreement as a form: read, and asked. */

#include "store/sharing.h"
#include "web/staff/ledger.h"

/* What was sent, over *s. */
void sharing_form_read(struct work *w, const struct request *q, struct sharing *s);

/* The questions with the answers of *s. */
void sharing_form_ask(struct work *w, struct ledger_view *v, struct ledger_form *f,
	const struct sharing *s);

/* Lists of words for a page: the details, the rights, the services by name. */
const char *sharing_form_details(struct work *w, unsigned details);
const char *sharing_form_rights(struct work *w, uint64_t rights);
const char *sharing_form_services(struct work *w, const struct sharing *s);
const char *sharing_form_basis(struct work *w, const char *key);

#endif
