/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/heads.h"

#include "base/log.h"
#include "base/times.h"
#include "desk/head_letter.h"
#include "store/audit.h"
#include "store/audit_watch.h"
#include "store/team.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { HEADS_AGAIN = 300, HASH_TEXT = 64 };

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
			text = arena_printf(w->arena, "%s%s\n", text,
				head_letter_line(
					w, i < 0 ? "-" : orgs.at[i].code, seq, hash));
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

/* What is there to write, and whether a letter is due. */
struct found {
	const char *lines;
	bool letters;
};

static bool
look(struct house *h, struct arena *a, int64_t now, struct found *found)
{
	struct db *db = house_reader(h);
	struct actor actor = work_house_actor(0);
	struct work w;

	if (!db)
		return false;
	arena_reset(a);
	db_begin(db);
	w = house_work(h, a, db, &actor);
	w.now = now;
	found->lines = lines_of(&w);
	found->letters = audit_watch_due(&w, times_day(now));
	db_rollback(db);
	house_reader_back(h, db);
	return true;
}

static enum outcome
send_letters(struct work *w, void *context)
{
	w->now = *(const int64_t *)context;
	head_letter_send(w);
	return db_failed(w->db) ? FAULT : DONE;
}

void
heads_round(struct heads *k, struct house *h, int64_t now)
{
	const char *file = h->config->audit_head;
	struct found found;

	if (times_day(now) == k->day && now < k->again)
		return;
	k->again = now + HEADS_AGAIN;
	if (!look(h, k->arena, now, &found))
		return;
	if (found.letters && house_write(h, 0, send_letters, &now) != DB_KEPT)
		log_warning("the heads of the audit could not be sent");
	if (times_day(now) == k->day)
		return;
	if (!*file || (*found.lines && append(file, found.lines)))
		k->day = times_day(now);
}

static int64_t
org_of(const struct organisation_list *orgs, const char *code)
{
	for (int i = 0; i < orgs->count; i++)
		if (strcmp(orgs->at[i].code, code) == 0)
			return orgs->at[i].id;
	return strcmp(code, "-") == 0 ? 0 : -1;
}

/* A line of a file of heads, or of a letter as it came: other lines say other things. */
struct head {
	char when[40], code[100], hash[100];
	int64_t seq;
};

static bool
read_head(const char *line, struct head *k)
{
	return sscanf(line, " %39s %99s %" SCNd64 " %99s", k->when, k->code, &k->seq,
		       k->hash) == 4 &&
	       strlen(k->hash) == HASH_TEXT &&
	       strspn(k->hash, "0123456789abcdef") == HASH_TEXT && k->when[0] == '2';
}

/* Begins like a head, and is none: somebody has changed it. */
static bool
is_damaged(const char *line)
{
	return strlen(line) > 20 && line[0] == '2' && line[4] == '-' && line[7] == '-' &&
	       line[10] == 'T';
}

static void
say_wrong(int64_t line, const struct head *k, bool damaged)
{
	printf("  audit heads: line %" PRId64 " (%s of %s): %s\n", line,
		damaged ? "unreadable" : k->when, damaged ? "?" : k->code,
		damaged ? "it is no head any more"
			: "the chain no longer has it: its end was cut off, or it was "
			  "made anew");
}

int64_t
heads_check(struct work *w, const char *file)
{
	struct organisation_list orgs;
	int64_t wrong = 0, right = 0, number = 0;
	FILE *f = fopen(file, "r");
	char line[1100];

	if (!f) {
		printf("  audit heads: %s cannot be read\n", file);
		return -1;
	}
	team_organisations(w, &orgs);
	while (fgets(line, sizeof line, f)) {
		struct head k;
		bool is = read_head(line, &k);

		number++;
		if (!is && !is_damaged(line))
			continue;
		if (is && org_of(&orgs, k.code) >= 0 &&
			audit_has(w, org_of(&orgs, k.code), k.seq, k.hash))
			right++;
		else if (wrong++ == 0)
			say_wrong(number, &k, !is);
	}
	fclose(f);
	if (wrong + right == 0) {
		printf("  audit heads: there are none in %s\n", file);
		return -1;
	}
	if (wrong == 0)
		printf("  audit heads: all %" PRId64 " are in their chains\n", right);
	return wrong;
}
