/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_POSTCODE_H
#define RULE_POSTCODE_H

/*
 * United Kingdom postcodes (BS 7666, Royal Mail PAF): any spacing and case is read, one
 * form is stored: "SW1A 1AA". Forces' postcodes (BF1) and GIR 0AA are included. That a
 * postcode has the right shape does not say that it is in use.
 */

#include "base/arena.h"

/* The stored form of a text that is a postcode and nothing else, otherwise NULL. */
const char *postcode_read(struct arena *a, const char *text);

#endif
