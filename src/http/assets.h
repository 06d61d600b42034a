/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef HTTP_ASSETS_H
#define HTTP_ASSETS_H

/*
 * Style sheets, scripts and pictures, part of the program. Each has the hash of its
 * bytes in its name, so a browser may keep it for ever. Views name them by
 * {asset "staff.css"}; C by ASSET_staff_css (assets_table.h).
 */

#include "http/reply.h"
#include "http/request.h"

struct asset {
	const char *path; /* "/assets/staff-0123456789ab.css" */
	const char *type;
	const char *tag;		  /* for ETag, without quotes */
	struct bytes plain, gzip, brotli; /* no bytes: not worth it */
};

/* Made by tools/embed_assets, in the order of their paths. */
extern const struct asset assets_all[];
extern const int assets_count;

/* Answers with the asset at the request's path, in an encoding the client takes. False
 * when there is none; then nothing was done. */
bool assets_answer(const struct request *q, struct reply *r);

#endif
