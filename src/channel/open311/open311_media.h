/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef CHANNEL_OPEN311_MEDIA_H
#define CHANNEL_OPEN311_MEDIA_H

/* Photographs over Open311 (open311.md O20): addresses that came, and published ones. */

#include "http/reply.h"
#include "store/work.h"

/* The first ten media_url of a form that could be fetched; the names of the pairs say
 * nothing. */
struct pairs open311_media_addresses(const struct request *q);

/* Where a published photograph is read; NULL for id 0. */
const char *open311_media_url(struct work *w, const char *reference, int64_t id);

#endif
