/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_PROVIDER_CALL_H
#define WEB_PROVIDER_CALL_H

/*
 * Asking an OpenID Connect provider (OpenID Connect Core 1.0 and Discovery 1.0, OAuth 2.0
 * with PKCE): what it publishes, kept for a while, and the exchange of a code for an ID
 * token. It blocks: for `prepare` only; reads the database and writes nothing. Addresses
 * are https, or plain on this machine.
 */

#include "desk/provider_entry.h"

/* What was fetched and should be kept by the handler that follows. */
struct provider_papers {
	const char *discovery, *keys; /* NULL: nothing new */
};

struct provider_place {
	const char *authorise, *token, *keys; /* its endpoints */
	bool basic;	   /* the client secret goes into the Authorization header */
	bool names_itself; /* every answer says whose it is (RFC 9207) */
};

/* Where its endpoints are. NULL, or why not, in English for the log. */
const char *provider_call_discover(struct work *w, const struct provider *p,
	struct provider_papers *papers, struct provider_place *place);

/* A code that came back: exchanged, and the ID token validated. */
struct provider_code {
	const char *code, *verifier, *nonce, *redirect;
	const char *issuer; /* as the answer has it; "" when it has none */
};
const char *provider_call_exchange(struct work *w, const struct provider *p,
	const struct provider_code *c, struct provider_papers *papers,
	struct provider_says *says);

#endif
