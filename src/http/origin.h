/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HTTP_ORIGIN_H
#define HTTP_ORIGIN_H

/*
 * Against requests that another site makes a browser send (CSRF). Two defences, both
 * used: where the request says it comes from, and a token in every changing form.
 * Sources: Fetch Metadata, RFC 6454, OWASP cross-site request forgery prevention.
 */

#include "base/outcome.h"
#include "http/request.h"

/* Where an unsafe request says it comes from. DONE when it is safe (GET, HEAD, OPTIONS)
 * or comes from `base` ("https://desk.example.org"); DENIED otherwise, also without
 * cookies: nobody is to be signed in as somebody else by another site. Sec-Fetch-Site
 * decides where a browser sends it, then Origin, then Referer. With none of them (not a
 * browser of this decade) it is DONE: the token still decides. */
enum outcome origin_check(const struct request *q, const char *base) must_check;

/* A token for one rendering of a form, 43 letters: an HMAC of the session's secret,
 * masked afresh each time so that compression cannot leak it (BREACH). */
const char *origin_token(struct arena *a, const char *secret);

/* Was the token made for this secret? In constant time; false for an empty secret. */
bool origin_token_fits(const char *secret, const char *token);

#endif
