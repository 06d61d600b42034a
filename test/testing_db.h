/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TESTING_DB_H
#define TESTING_DB_H

/*
 * Databases for tests, on the engine that PORTREEVE_TEST_DB names: "sqlite" (also when
 * it is not set) or "postgres", then in the cluster that PORTREEVE_TEST_PG names
 * (tools/test starts one). A test that cannot have its database ends the program.
 */

#include "db/db.h"

/* A fresh, migrated database with one connection in DB_WRITE mode, outside a
 * transaction. In memory on SQLite. Closed and gone when the program ends. */
struct db *testing_db(void);

/* The address of a fresh, migrated database that several connections may share. Gone
 * when the program ends; what the test opens, it closes. */
const char *testing_db_url(void);

/* The same without the schema. */
const char *testing_db_url_empty(void);

enum db_engine testing_db_engine(void);

/* A fresh folder, gone with all that is in it when the program ends. */
const char *testing_folder(void);

#endif
