/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef STORE_SECRET_H
#define STORE_SECRET_H

#include "base/arena.h"

/* Tokens that open something: 128 random bits in 26 letters of Crockford's alphabet. Only
 * their hash is kept. */
const char *secret_token(struct arena *a);

/* The hash of a token as the database keeps it: 64 hex digits of BLAKE2b-256. */
const char *secret_hash(struct arena *a, const char *token);

/* A code to be read and typed: six digits. */
const char *secret_code(struct arena *a);

#endif
