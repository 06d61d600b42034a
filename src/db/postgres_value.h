/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef DB_POSTGRES_VALUE_H
#define DB_POSTGRES_VALUE_H

/* Values as PostgreSQL sends them in binary (its functions whose names end in "send"). */

#include "db/engine.h"

#include <libpq-fe.h>

/* The type that a value of this kind (of struct db_value) is sent as; 0 for DB_NULL: the
 * server guesses. */
Oid postgres_value_type(int kind);

/* What a column holds in this row. */
enum column postgres_value_column(const PGresult *r, int row, int column);

/* A number or truth value as a whole number, cut towards zero; false when it is none or
 * does not fit. */
bool postgres_value_number(const PGresult *r, int row, int column, int64_t *out);

#endif
