/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef CHANNEL_OPEN311_H
#define CHANNEL_OPEN311_H

/*
 * The handlers of /open311/v2: a GeoReport v2 endpoint with the mySociety extension of
 * updates. Each address exists with the suffixes .xml and .json, which choose the format.
 * Reading needs no key and shows only what is published (store/publication); changing
 * needs one. An organisation is a jurisdiction under its code.
 */

#include "http/reply.h"
#include "store/work.h"

enum outcome open311_discovery(struct work *w, const struct request *q, struct reply *r);
enum outcome open311_services(struct work *w, const struct request *q, struct reply *r);
enum outcome open311_service(struct work *w, const struct request *q, struct reply *r);
enum outcome open311_create(struct work *w, const struct request *q, struct reply *r);
enum outcome open311_token(struct work *w, const struct request *q, struct reply *r);
enum outcome open311_query(struct work *w, const struct request *q, struct reply *r);
enum outcome open311_show(struct work *w, const struct request *q, struct reply *r);
/* A published photograph, bare: to be saved, never shown in place. */
enum outcome open311_photo(struct work *w, const struct request *q, struct reply *r);
enum outcome open311_updates(struct work *w, const struct request *q, struct reply *r);
enum outcome open311_add_update(struct work *w, const struct request *q, struct reply *r);

#endif
