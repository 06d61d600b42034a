/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TOOLS_UNBRAND_H
#define TOOLS_UNBRAND_H

/*
 * The style sheet of govuk-frontend without what only services of GOV.UK may use: the
 * typeface GDS Transport, the crest. Source maps that are not shipped go as well. Ends
 * the program with a complaint when the sheet is not as expected, so that a new version
 * of it is looked at.
 */

#include "base/arena.h"
#include "base/bytes.h"

struct bytes unbrand(struct arena *a, const char *path, struct bytes sheet);

/* Drops a "sourceMappingURL" comment at the end of a script or style sheet. */
struct bytes unbrand_map(struct bytes text);

#endif
