/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_FIND_SERVICE_H
#define WEB_FIND_SERVICE_H

/*
 * Finding a service by the words of somebody who does not know its name. The words of its
 * name count most, then those of its category and of what its form asks ("wasps" finds
 * the pest control visit). What people say and what councils say are brought together by
 * the synonyms of the language (message find.synonyms); endings of words do not matter.
 *
 * A catalogue has hundreds of services, not millions: it is looked through in memory.
 */

#include "store/service.h"

/* The services that fit best, best first; none for a question without words. */
void find_service(struct work *w, const struct service_list *all, const char *question,
	struct service_list *found);

/* The word a service is looked up by in an A to Z: its name without "Report a", "Apply
 * for a" and the like (message find.verbs). It points into the name. */
const char *find_service_key(struct work *w, const char *name);

#endif
