/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TESTING_INERT_H
#define TESTING_INERT_H

#include <stdbool.h>

/* Is this HTML made of nothing but the tags that the sanitiser may write, each exactly in
 * one of the forms that it writes, every end behind its beginning? Reads character by
 * character and knows nothing of the sanitiser's own way. */
bool testing_inert(const char *html);

#endif
