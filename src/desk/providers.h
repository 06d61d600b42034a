/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_PROVIDERS_H
#define DESK_PROVIDERS_H

/* How people of an organisation sign in, as its administrators decide: identity providers
 * (store/provider) and whether staff need a second factor. Both stand in the audit. */

#include "store/provider.h"

/* The settings that are one line of text, NULL behind the last. */
extern const char *const providers_settings[];

/*
 * Makes (id 0) or changes one. DENIED without RIGHT_ADMIN; INVALID (name, issuer, client,
 * url: what its kind needs; roles). The setting "roles" has lines "group = role", by the
 * role's name, or by what the organisation calls one that it made: p->settings then has
 * its name. Each role must be one that the actor may hand on (roles_may_hand_on), also
 * where the line is old, for who chooses the provider chooses who is in its groups.
 */
enum outcome providers_save(struct work *w, struct provider *p) must_check;

/* Those lines with roles by what the organisation calls them, for who edits them; *gone
 * is then the first role that there is no more, or NULL. */
const char *providers_roles(struct work *w, const struct provider *p, const char **gone);

enum outcome providers_second_factor(struct work *w, int64_t org, bool wanted) must_check;

#endif
