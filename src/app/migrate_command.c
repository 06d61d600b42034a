/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/migrate_command.h"

#include "app/errand.h"
#include "db/migrate.h"

#include <stdio.h>

int
migrate_command(const struct config *c)
{
	struct db *db = db_open(c->db, DB_WRITE);
	int pending = db ? migrate_pending(db) : 0;
	bool well = db && migrate(db);

	if (well && pending == 0)
		printf("nothing to do: the schema is up to date\n");
	else if (well)
		printf("%d migration%s ran\n", pending, pending == 1 ? "" : "s");
	else if (!db)
		errand_say("the database cannot be opened");
	db_close(db);
	return well ? 0 : 1;
}
