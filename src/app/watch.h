/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef APP_WATCH_H
#define APP_WATCH_H

/* The addresses for those who keep the service running, and the stream of live pages. */

#include "http/reply.h"
#include "store/work.h"

/* GET /healthz: the process answers. */
enum outcome watch_health(struct work *w, const struct request *q, struct reply *r);

/* GET /readyz: the database answers. */
enum outcome watch_ready(struct work *w, const struct request *q, struct reply *r);

/* GET /metrics: Prometheus text. Only for who asks from a network that is not public;
 * to others there is no such address. */
enum outcome watch_metrics(struct work *w, const struct request *q, struct reply *r);

/* GET /.well-known/security.txt (RFC 9116): whom to tell of a hole. MISSING when the
 * setting security-contact is not given. */
enum outcome watch_security(struct work *w, const struct request *q, struct reply *r);

/* GET /events */
enum outcome watch_events(struct work *w, const struct request *q, struct reply *r);

/* GET /assets/... */
enum outcome watch_assets(struct work *w, const struct request *q, struct reply *r);

#endif
