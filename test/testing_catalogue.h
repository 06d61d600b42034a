/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TESTING_CATALOGUE_H
#define TESTING_CATALOGUE_H

#include "store/service.h"

/* Loads the 118 services of the reference catalogue into SOUTHMERE, all for the team
 * Highways, and gives them. Where the file is absent the test is skipped. */
struct service_list testing_catalogue(struct work *w);

/* One service of SOUTHMERE with this form, for the team Highways. */
void testing_service(
	struct work *w, const char *code, const char *who_may_ask, const char *fields);

#endif
