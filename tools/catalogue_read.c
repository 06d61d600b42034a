/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "catalogue.h"

#include "toolbox.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void __attribute__((format(printf, 3, 4)))
wrong(struct catalogue *c, const struct po_entry *e, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fprintf(stderr, "%s:%d: \"%s\": %s\n", e->file, e->line, e->key,
		arena_vprintf(c->arena, format, args));
	va_end(args);
	c->wrongs++;
}

const char *
catalogue_identifier(struct arena *a, const char *key)
{
	char *id = arena_copy(a, key);

	for (char *p = id; *p; p++)
		if (*p == '.' || *p == '-')
			*p = '_';
	return id;
}

static bool
is_key(const char *key)
{
	return strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789._-") == strlen(key) &&
	       key[0] >= 'a' && key[0] <= 'z';
}

static int
by_key(const void *a, const void *b)
{
	const struct po_entry *const *x = a;
	const struct po_entry *const *y = b;

	return strcmp((*x)->key, (*y)->key);
}

/* Digits, n, and the operators of C: then the compiler understands the rest. */
static bool
read_plural_forms(struct catalogue *c, struct language *l, const struct po *po)
{
	const char *field = po_field(c->arena, po, "Plural-Forms");
	const char *plural = field ? strstr(field, "plural=") : NULL;
	const char *number = field ? strstr(field, "nplurals=") : NULL;

	plural = number ? strstr(number + 9, "plural=") : NULL;
	if (!plural)
		return false;
	plural += strlen("plural=");
	number += strlen("nplurals=");
	l->forms = number[0] - '0'; /* no language has ten */
	l->plural = arena_text(c->arena, plural, strcspn(plural, ";"));
	return number[1] == ';' && l->forms >= 1 && l->forms <= PO_FORMS &&
	       strspn(l->plural, "0123456789n()?:!=<>&|+-*/% ") == strlen(l->plural);
}

/* Reads the files of a language into one array of pointers. */
static struct po_entry **
read_entries(struct catalogue *c, struct language *l, char **paths, int files, int *count)
{
	struct po *pos = arena_array(c->arena, (size_t)files + 1, sizeof *pos);
	struct po_entry **all;

	*count = 0;
	for (int i = 0; i < files; i++) {
		const char *plural = l->plural;

		pos[i] = po_parse(c->arena, paths[i], toolbox_read(c->arena, paths[i]));
		if (pos[i].wrong) {
			fprintf(stderr, "%s\n", pos[i].wrong);
			c->wrongs++;
		} else if (!read_plural_forms(c, l, &pos[i]) ||
			   (plural && strcmp(plural, l->plural) != 0)) {
			fprintf(stderr,
				"%s:1: Plural-Forms is missing, wrong, or not that of "
				"the "
				"language's other files\n",
				paths[i]);
			c->wrongs++;
		}
		*count += pos[i].count;
	}
	all = arena_array(c->arena, (size_t)*count + 1, sizeof *all);
	*count = 0;
	for (int i = 0; i < files; i++)
		for (int k = 0; k < pos[i].count; k++)
			all[(*count)++] = &pos[i].at[k];
	return all;
}

static struct message
parse_form(struct catalogue *c, const struct po_entry *e, int form)
{
	struct message m = message_parse(c->arena, e->forms[form]);

	if (m.wrong)
		wrong(c, e, "%s", m.wrong);
	return m;
}

int
catalogue_values(struct catalogue *c, int key, const char **names)
{
	const struct po_entry *e = c->keys[key];
	int count = 0;

	for (int form = 0; form < PO_FORMS && e->forms[form]; form++) {
		struct message m = message_parse(c->arena, e->forms[form]);

		for (int i = 0; i < m.count; i++) {
			bool known = m.at[i].kind == PIECE_TEXT ||
				     m.at[i].kind == PIECE_CLOSE ||
				     strcmp(m.at[i].text, "strong") == 0;

			for (int k = 0; k < count; k++)
				known = known || strcmp(names[k], m.at[i].text) == 0;
			if (!known && count < VALUES)
				names[count++] = m.at[i].text;
		}
	}
	return count;
}

/* Every form there, and only values that English has. */
static void
check_entry(
	struct catalogue *c, const struct language *l, const struct po_entry *e, int key)
{
	const char *names[VALUES];
	int count = catalogue_values(c, key, names);
	int forms = e->plural ? l->forms : 1;
	bool counted = false;

	for (int form = 0; form < forms; form++) {
		struct message m;

		if (!e->forms[form] || !e->forms[form][0]) {
			wrong(c, e, "form %d is missing or empty", form);
			return;
		}
		if (e->forms[form][strlen(e->forms[form]) - 1] == '\n')
			wrong(c, e, "ends with \\n, which msgfmt -c refuses");
		m = parse_form(c, e, form);
		for (int i = 0; i < m.count; i++) {
			bool known = m.at[i].kind == PIECE_TEXT ||
				     m.at[i].kind == PIECE_CLOSE ||
				     strcmp(m.at[i].text, "strong") == 0;

			for (int k = 0; k < count; k++)
				known = known || strcmp(names[k], m.at[i].text) == 0;
			if (!known)
				wrong(c, e, "no value {%s} in English", m.at[i].text);
		}
	}
	for (int k = 0; k < count; k++)
		counted = counted || strcmp(names[k], "count") == 0 ||
			  strcmp(names[k], "n") == 0;
	if (e->plural && !counted)
		wrong(c, e, "plural forms want a value {count} or {n}");
	if (e->plural != c->keys[key]->plural)
		wrong(c, e, "has plural forms here or in English, but not in both");
}

static void
keep_english(struct catalogue *c, struct po_entry **all, int count)
{
	const char *before = "";

	c->keys = arena_array(c->arena, (size_t)count + 1, sizeof *c->keys);
	for (int i = 0; i < count; i++) {
		const char *id = catalogue_identifier(c->arena, all[i]->key);

		if (!is_key(all[i]->key))
			wrong(c, all[i], "a key is made of a-z 0-9 . _ -");
		if (strcmp(before, id) == 0)
			wrong(c, all[i], "the same key twice (%s:%d)", all[i - 1]->file,
				all[i - 1]->line);
		if (all[i]->fuzzy)
			wrong(c, all[i], "English is never fuzzy");
		before = id;
		c->keys[c->key_count++] = all[i];
	}
}

static bool
is_translated(const struct po_entry *e)
{
	return !e->fuzzy && e->forms[0] && e->forms[0][0];
}

void
catalogue_read(struct catalogue *c, const char *tag, char **paths, int files)
{
	struct language *l = &c->languages[c->language_count++];
	struct po_entry **all;
	int count;

	l->tag = tag;
	all = read_entries(c, l, paths, files, &count);
	qsort(all, (size_t)count, sizeof *all, by_key);
	if (c->language_count == 1)
		keep_english(c, all, count);
	l->entries = arena_array(c->arena, (size_t)c->key_count + 1, sizeof *l->entries);
	for (int i = 0; i < count; i++) {
		const struct po_entry **hit = bsearch(
			&all[i], c->keys, (size_t)c->key_count, sizeof *hit, by_key);

		if (!hit) {
			wrong(c, all[i], "not in English");
		} else if (l->entries[hit - c->keys]) {
			wrong(c, all[i], "the same key twice");
		} else if (c->language_count == 1 || is_translated(all[i])) {
			l->entries[hit - c->keys] = all[i];
			check_entry(c, l, all[i], (int)(hit - c->keys));
		}
	}
}
