/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_ROUTE_WORDS_H
#define APP_ROUTE_WORDS_H

/* Short words for the tables of routes (app/routes, app/machine_routes). */

#include "app/dispatch.h"
#include "rule/scopes.h"

#define FORM .body = {.form = 256 * 1024}
#define FILES .body = {.form = 256 * 1024, .upload = 16 * 1024 * 1024, .files = 10}
#define OPEN311 WHO_ANYONE | WHO_TOKEN
/* The rights of which one is needed: in the organisation where the actor is, or with :ref
 * in any of theirs. */
#define MAY(r) RIGHT_BIT(RIGHT_##r)
#define NEEDS(r) .needs = MAY(r)
#define JSON .body = {.form = 256 * 1024}
/* The words of a token of which one is needed. */
#define WORD(s) SCOPES_BIT(SCOPES_##s)
#define READS .scopes = WORD(TICKETS_READ)
#define WRITES .scopes = WORD(TICKETS_WRITE)
#define ADMINISTERS .scopes = WORD(ADMIN)

#endif
