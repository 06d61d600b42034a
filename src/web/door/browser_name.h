/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef WEB_BROWSER_NAME_H
#define WEB_BROWSER_NAME_H

#include "base/arena.h"

/* What a browser calls itself, in words that its owner knows it by: "Firefox on Windows".
 * NULL when it says nothing that is known. For people to recognise, never to decide by.
 */
const char *browser_name(struct arena *a, const char *agent);

#endif
