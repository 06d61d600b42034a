/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TESTING_H
#define TESTING_H

/* What every test includes: cmocka with its headers in the order it wants. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/bytes.h"

/* An arena that lives until the program ends: tests free nothing. */
struct arena *testing_arena(void);

/* A file of the reference data, whole: below the folder PORTREEVE_DATA, by default
 * ../shared/data beside the project. Where it is absent the test says so and is skipped;
 * this does then not return. */
struct bytes testing_data(const char *path);

/* Where a file of the tests' own lies, and what is in it: "rule/clock-vectors.tsv". */
const char *testing_path(const char *path);
struct bytes testing_file(const char *path);

#endif
