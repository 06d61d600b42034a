/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef CHANNEL_API_H
#define CHANNEL_API_H

/* The handlers of /api/v1, for bearer tokens. channel/api/openapi.json is the contract.
 */

#include "http/reply.h"
#include "store/work.h"

enum outcome api_create(struct work *w, const struct request *q, struct reply *r);
enum outcome api_list(struct work *w, const struct request *q, struct reply *r);
enum outcome api_show(struct work *w, const struct request *q, struct reply *r);
enum outcome api_change(struct work *w, const struct request *q, struct reply *r);
enum outcome api_timeline(struct work *w, const struct request *q, struct reply *r);
enum outcome api_message(struct work *w, const struct request *q, struct reply *r);
enum outcome api_look(struct work *w, const struct request *q, struct reply *r);
enum outcome api_services(struct work *w, const struct request *q, struct reply *r);
enum outcome api_service(struct work *w, const struct request *q, struct reply *r);
enum outcome api_people(struct work *w, const struct request *q, struct reply *r);
enum outcome api_contract(struct work *w, const struct request *q, struct reply *r);

#endif
