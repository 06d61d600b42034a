/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_SERVICE_H
#define STORE_SERVICE_H

/* Entries of the catalogue, each with the live version of its form. */

#include "store/work.h"

struct service {
	int64_t org;
	const char *code, *name, *category, *kind;
	int64_t team;	  /* whose it is when no routing row says otherwise */
	int64_t priority; /* when no priority row says otherwise: 1 highest .. 4 */
	bool restricted;
	const char *who_may_ask; /* anyone account business tenant "anonymous ok" */
	const char *geo;	 /* none point address */
	bool open311;
	const char *charge, *emergency, *note, *lgsl, *lgil;
	int64_t retention_months;
	const char *state; /* draft live ended; NULL when saving: live */
	int64_t form_version;
	const char *fields; /* the live form, in the grammar of rule/form */
};

struct service_list {
	struct service *at;
	int count;
};

/* A live service. DONE or MISSING. */
enum outcome service_find(
	struct work *w, int64_t org, const char *code, struct service *s) must_check;

/* All live services by category and name. */
void service_list(struct work *w, int64_t org, struct service_list *list);

/* Those that were asked for most among the newest tickets in the scope, the restricted
 * ones left out; at most `limit`. Looks at a bounded number of tickets. */
void service_popular(
	struct work *w, const struct scope *s, int limit, struct service_list *list);

/* Working days after a solution in which its clock goes on when it is reopened; later it
 * begins anew. */
int64_t service_reopen_days(struct work *w, int64_t org, const char *code);

/* The same of every live service, by name. */
struct service_reopen {
	const char *code, *name;
	int64_t days;
};

struct service_reopen_list {
	struct service_reopen *at;
	int count;
};

void service_reopen_list(struct work *w, int64_t org, struct service_reopen_list *list);

/* DONE or MISSING. */
enum outcome service_reopen_set(
	struct work *w, int64_t org, const char *code, int64_t days) must_check;

/* The fields of one form version, as a draft or a ticket was made with; or NULL. */
const char *service_form(struct work *w, int64_t org, const char *code, int64_t version);

enum service_saved { SERVICE_NEW, SERVICE_CHANGED, SERVICE_SAME };

/* Writes a service; a changed form becomes a new live version, the old one is archived.
 * `source` keeps the catalogue row as it came (pairs). What has not changed, by its form,
 * its source and its state, is not written. */
enum service_saved service_save(
	struct work *w, const struct service *s, const char *source);

#endif
