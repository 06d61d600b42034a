/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "store/contact.h"

#include "format/urlencoded.h"

#include <sodium.h>
#include <string.h>

static const char *const channel_names[CHANNEL_COUNT] = {
	[CHANNEL_WEB] = "web",
	[CHANNEL_EMAIL] = "email",
	[CHANNEL_CALL] = "call",
	[CHANNEL_VISIT] = "visit",
	[CHANNEL_LETTER] = "letter",
	[CHANNEL_API] = "api",
	[CHANNEL_OPEN311] = "open311",
	[CHANNEL_IMPORT] = "import",
	[CHANNEL_FIELD] = "field",
};

const char *
contact_channel_name(enum channel c)
{
	return channel_names[c];
}

enum channel
contact_channel_named(const char *name)
{
	enum channel c = 0;

	while (c < CHANNEL_COUNT && strcmp(channel_names[c], name) != 0)
		c++;
	return c;
}

/* Each part with its length in front, so that no two contacts read the same. */
static void
digest_add(crypto_generichash_state *h, const void *at, size_t n)
{
	uint64_t length = n;

	crypto_generichash_update(h, (const unsigned char *)&length, sizeof length);
	crypto_generichash_update(h, at, n);
}

static void
digest_text(crypto_generichash_state *h, const char *text)
{
	digest_add(h, text ? text : "", text ? strlen(text) : 0);
}

const char *
contact_digest(struct work *w, const struct contact *c)
{
	const char *const texts[] = {c->from.name, c->from.email, c->from.phone,
		c->reference, c->service, c->subject, c->words, c->place,
		urlencoded_write(w->arena, &c->fields)};
	crypto_generichash_state h;
	unsigned char hash[16];
	char *hex = arena_alloc(w->arena, sizeof hash * 2 + 1);

	crypto_generichash_init(&h, NULL, 0, sizeof hash);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		digest_text(&h, texts[i]);
	digest_add(&h, &c->impact, sizeof c->impact);
	digest_add(&h, &c->urgency, sizeof c->urgency);
	for (int i = 0; i < c->file_count; i++) {
		digest_text(&h, c->files[i].filename);
		digest_add(&h, c->files[i].data.at, c->files[i].data.len);
	}
	crypto_generichash_final(&h, hash, sizeof hash);
	return sodium_bin2hex(hex, sizeof hash * 2 + 1, hash, sizeof hash);
}

enum outcome
contact_find(struct work *w, int64_t org, enum channel channel, const char *key,
	struct contact_found *found)
{
	struct rows r = db_query(w->db,
		"select id, ticket, digest from contact"
		" where org = $1 and channel = $2 and key = $3",
		org, contact_channel_name(channel), key);

	if (!rows_next(&r))
		return MISSING;
	*found = (struct contact_found){
		.id = row_int(&r, 0),
		.ticket = row_int(&r, 1),
		.digest = row_copy(&r, 2, w->arena),
	};
	rows_end(&r);
	return DONE;
}

int64_t
contact_insert(struct work *w, const struct contact *c, const char *digest,
	int64_t ticket, int64_t person)
{
	int64_t id = work_id(w);
	int64_t written = db_run(w->db,
		"insert into contact (org, id, channel, key, digest, ticket, person, "
		"service,"
		" at, name, email, phone, subject, words, fields)"
		" values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, "
		"$15)"
		" on conflict do nothing",
		c->org, id, contact_channel_name(c->channel), c->key, digest, ticket,
		person, c->service ? c->service : "", c->at ? c->at : w->now,
		c->from.name ? c->from.name : "", c->from.email ? c->from.email : "",
		c->from.phone ? c->from.phone : "", c->subject ? c->subject : "",
		c->words ? c->words : "", urlencoded_write(w->arena, &c->fields));

	return written == 1 ? id : 0;
}

struct pairs
contact_fields(struct work *w, const struct ticket *t)
{
	if (!ticket_shows(t, DETAIL_WORDS))
		return (struct pairs){.count = 0};
	return urlencoded_read(w->arena,
		db_text(w->db, w->arena,
			"select fields from contact where org = $1 and ticket = $2"
			" order by id limit 1",
			t->org, t->id));
}

const char *
contact_words(struct work *w, int64_t org, int64_t ticket)
{
	return db_text(w->db, w->arena,
		"select words from contact where org = $1 and ticket = $2"
		" order by id limit 1",
		org, ticket);
}
