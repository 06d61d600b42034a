/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DESK_PROVIDERS_H
#define DESK_PROVIDERS_H

/* How people of an organisation sign in, as its administrators decide: identity providers
 * (store/provider) and whether staff need a second factor. Both stand in the audit. */

#include "store/provider.h"

/* The settings that are one line of text, NULL behind the last. */
extern const char *const providers_settings[];

/* Makes (id 0) or changes one. DENIED without RIGHT_ADMIN; INVALID (name, issuer, client,
 * url: what its kind needs). */
enum outcome providers_save(struct work *w, struct provider *p) must_check;

enum outcome providers_second_factor(struct work *w, int64_t org, bool wanted) must_check;

#endif
