/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/heads.h"

#include "base/log.h"
#include "base/times.h"
#include "store/audit.h"
#include "store/team.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *
lines_of(struct work *w)
{
	struct organisation_list orgs;
	const char *text = "";

	team_organisations(w, &orgs);
	for (int i = -1; i < orgs.count; i++) {
		const char *hash;
		int64_t seq;

		audit_head(w, i < 0 ? 0 : orgs.at[i].id, &seq, &hash);
		if (seq > 0)
			text = arena_printf(w->arena, "%s%s\t%s\t%" PRId64 "\t%s\n", text,
				times_iso(w->arena, w->now),
				i < 0 ? "-" : orgs.at[i].code, seq, hash);
	}
	return text;
}

static bool
append(const char *file, const char *text)
{
	FILE *f = fopen(file, "a");
	bool well = f && fputs(text, f) >= 0 && fflush(f) == 0 && fsync(fileno(f)) == 0;

	if (f)
		well = fclose(f) == 0 && well;
	if (!well)
		log_warning("the heads of the audit could not be added to %s: %s", file,
			strerror(errno));
	return well;
}

bool
heads_export(struct house *h, struct arena *a)
{
	struct db *db = house_reader(h);
	struct actor actor = work_house_actor(0);
	struct work w;
	const char *text;

	if (!db)
		return false;
	arena_reset(a);
	db_begin(db);
	w = house_work(h, a, db, &actor);
	text = lines_of(&w);
	db_rollback(db);
	house_reader_back(h, db);
	return append(h->config->audit_head, text);
}

static int64_t
org_of(const struct organisation_list *orgs, const char *code)
{
	for (int i = 0; i < orgs->count; i++)
		if (strcmp(orgs->at[i].code, code) == 0)
			return orgs->at[i].id;
	return strcmp(code, "-") == 0 ? 0 : -1;
}

int64_t
heads_check(struct work *w, const char *file)
{
	struct organisation_list orgs;
	char line[512], when[40], code[100], hash[100];
	int64_t wrong = 0, lines = 0, seq;
	FILE *f = fopen(file, "r");

	if (!f) {
		printf("  audit heads: %s cannot be read\n", file);
		return -1;
	}
	team_organisations(w, &orgs);
	while (fgets(line, sizeof line, f)) {
		int64_t org = -1;
		bool well = sscanf(line, "%39[^\t]\t%99[^\t]\t%" SCNd64 "\t%99s", when,
				    code, &seq, hash) == 4;

		if (well)
			org = org_of(&orgs, code);
		lines++;
		if (well && org >= 0 && audit_has(w, org, seq, hash))
			continue;
		if (wrong++ == 0)
			printf("  audit heads: line %" PRId64 " (%s of %s): the chain no "
			       "longer has it: its end was cut off, or it was made "
			       "anew\n",
				lines, well ? when : "unreadable", well ? code : "?");
	}
	fclose(f);
	if (wrong == 0)
		printf("  audit heads: all %" PRId64 " are in their chains\n", lines);
	return wrong;
}
