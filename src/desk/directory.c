/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "desk/directory.h"

#include "base/buffer.h"
#include "base/log.h"

#include <inttypes.h>
#include <ldap.h>
#include <string.h>
#include <strings.h>
#include <sys/time.h>

enum { SECONDS = 5, LONGEST = 512, MOST_FOUND = 2 };

const char *
directory_escape(struct arena *a, const char *text)
{
	struct buffer b = buffer_in(a, 64);

	for (const unsigned char *c = (const unsigned char *)text; *c; c++)
		if (strchr("*()\\", *c) || *c < 0x20 || *c >= 0x7F)
			buffer_printf(&b, "\\%02x", *c);
		else
			buffer_char(&b, (char)*c);
	return buffer_text(&b);
}

static bool
is_here(const char *url)
{
	static const char *const here[] = {
		"ldap://localhost", "ldap://127.0.0.1", "ldap://[::1]"};

	for (size_t i = 0; i < sizeof here / sizeof *here; i++) {
		size_t n = strlen(here[i]);

		if (strncasecmp(url, here[i], n) == 0 &&
			(url[n] == 0 || url[n] == ':' || url[n] == '/'))
			return true;
	}
	return strncasecmp(url, "ldapi://", 8) == 0;
}

static enum outcome
fault(const struct provider *p, const char *what, int code)
{
	log_warning("directory %" PRId64 ": %s: %s", p->id, what, ldap_err2string(code));
	return FAULT;
}

static int
bind_as(LDAP *ld, const char *dn, const char *password)
{
	struct berval secret = {strlen(password), (char *)(uintptr_t)password};

	return ldap_sasl_bind_s(ld, dn, LDAP_SASL_SIMPLE, &secret, NULL, NULL, NULL);
}

/* A connection on which nothing in the clear has said anything yet. */
static enum outcome
connect_to(const struct provider *p, LDAP **ld)
{
	const char *url = provider_setting(p, "url", "");
	bool start_tls = strcmp(provider_setting(p, "starttls", ""), "yes") == 0;
	struct timeval wait = {.tv_sec = SECONDS};
	int version = LDAP_VERSION3, demand = LDAP_OPT_X_TLS_DEMAND, fresh = 0;
	const char *ca = provider_setting(p, "ca", "");
	int code;

	if (strncasecmp(url, "ldaps://", 8) != 0 && !start_tls && !is_here(url)) {
		log_warning("directory %" PRId64 ": neither ldaps nor STARTTLS", p->id);
		return FAULT;
	}
	code = ldap_initialize(ld, url);
	if (code != LDAP_SUCCESS)
		return fault(p, "its address", code);
	ldap_set_option(*ld, LDAP_OPT_PROTOCOL_VERSION, &version);
	ldap_set_option(*ld, LDAP_OPT_NETWORK_TIMEOUT, &wait);
	ldap_set_option(*ld, LDAP_OPT_TIMEOUT, &wait);
	ldap_set_option(*ld, LDAP_OPT_REFERRALS, LDAP_OPT_OFF);
	ldap_set_option(*ld, LDAP_OPT_X_TLS_REQUIRE_CERT, &demand);
	if (*ca)
		ldap_set_option(*ld, LDAP_OPT_X_TLS_CACERTFILE, ca);
	ldap_set_option(*ld, LDAP_OPT_X_TLS_NEWCTX, &fresh);
	code = start_tls ? ldap_start_tls_s(*ld, NULL, NULL) : LDAP_SUCCESS;
	return code == LDAP_SUCCESS ? DONE : fault(p, "STARTTLS", code);
}

static const char *
first_value(struct work *w, LDAP *ld, LDAPMessage *entry, const char *attribute)
{
	struct berval **values = ldap_get_values_len(ld, entry, attribute);
	const char *text = NULL;

	if (values && values[0])
		text = bytes_text(
			w->arena, (struct bytes){(const unsigned char *)values[0]->bv_val,
					  values[0]->bv_len});
	ldap_value_free_len(values);
	return text;
}

static void
add_groups(struct work *w, LDAP *ld, LDAPMessage *entry, const char *attribute,
	struct provider_says *s)
{
	struct berval **values = ldap_get_values_len(ld, entry, attribute);

	for (int i = 0; values && values[i]; i++) {
		const char *group = bytes_text(
			w->arena, (struct bytes){(const unsigned char *)values[i]->bv_val,
					  values[i]->bv_len});

		if (group && s->group_count < PROVIDER_ENTRY_GROUPS)
			s->groups[s->group_count++] = group;
	}
	ldap_value_free_len(values);
}

static int
search(LDAP *ld, const char *base, const char *filter, char **attributes, int limit,
	LDAPMessage **found)
{
	struct timeval wait = {.tv_sec = SECONDS};

	return ldap_search_ext_s(ld, base, LDAP_SCOPE_SUBTREE, filter, attributes, 0,
		NULL, NULL, &wait, limit, found);
}

/* The names of the groups that have the entry as a member, where the entry itself does
 * not say. */
static void
search_groups(struct work *w, LDAP *ld, const struct provider *p, const char *dn,
	struct provider_says *s)
{
	const char *base = provider_setting(p, "group-base", NULL);
	char cn[] = "cn";
	char *attributes[] = {cn, NULL};
	LDAPMessage *found = NULL;

	if (!base)
		return;
	if (search(ld, base,
		    arena_printf(w->arena, "(member=%s)", directory_escape(w->arena, dn)),
		    attributes, PROVIDER_ENTRY_GROUPS, &found) == LDAP_SUCCESS)
		for (LDAPMessage *e = ldap_first_entry(ld, found); e;
			e = ldap_next_entry(ld, e))
			add_groups(w, ld, e, cn, s);
	ldap_msgfree(found);
}

/* The entry's name in says->subject; DENIED when it is not exactly one. */
static enum outcome
find_entry(struct work *w, LDAP *ld, const struct provider *p, const char *login,
	struct provider_says *s)
{
	const char *filter = arena_printf(w->arena, "(%s=%s)",
		provider_setting(p, "login", "mail"), directory_escape(w->arena, login));
	const char *groups = provider_setting(p, "groups", "memberOf");
	LDAPMessage *found = NULL, *entry;
	char *dn;
	int code = search(
		ld, provider_setting(p, "base", ""), filter, NULL, MOST_FOUND, &found);

	if (code != LDAP_SUCCESS && code != LDAP_SIZELIMIT_EXCEEDED) {
		ldap_msgfree(found);
		return code == LDAP_NO_SUCH_OBJECT ? DENIED : fault(p, "search", code);
	}
	entry = ldap_count_entries(ld, found) == 1 ? ldap_first_entry(ld, found) : NULL;
	dn = entry ? ldap_get_dn(ld, entry) : NULL;
	if (dn) {
		s->subject = arena_copy(w->arena, dn);
		s->email = first_value(
			w, ld, entry, provider_setting(p, "email", "mail"));
		s->name = first_value(
			w, ld, entry, provider_setting(p, "name-claim", "cn"));
		s->verified = true; /* the directory is the organisation's own */
		add_groups(w, ld, entry, groups, s);
		search_groups(w, ld, p, dn, s);
	}
	ldap_memfree(dn);
	ldap_msgfree(found);
	return s->subject ? DONE : DENIED;
}

static enum outcome
ask(struct work *w, LDAP *ld, const struct provider *p, const char *typed[2],
	struct provider_says *s)
{
	int code = bind_as(ld, provider_setting(p, "bind", ""), p->secret);
	enum outcome end;

	if (code != LDAP_SUCCESS)
		return fault(p, "the service account", code);
	end = find_entry(w, ld, p, typed[0], s);
	if (end == FAULT)
		return FAULT;
	/* Who is not there costs a bind too. */
	code = bind_as(ld,
		end == DONE ? s->subject
			    : arena_printf(w->arena, "cn=nobody,%s",
				      provider_setting(p, "base", "")),
		typed[1]);
	return end == DONE && code == LDAP_SUCCESS ? DONE : DENIED;
}

enum outcome
directory_verify(struct work *w, const struct provider *p, const char *login,
	const char *password, struct provider_says *says)
{
	const char *typed[2] = {login, password};
	LDAP *ld = NULL;
	enum outcome end;

	*says = (struct provider_says){.subject = NULL};
	if (!*login || !*password || strlen(login) > LONGEST ||
		strlen(password) > LONGEST || !*p->secret)
		return DENIED;
	end = connect_to(p, &ld);
	if (end == DONE)
		end = ask(w, ld, p, typed, says);
	if (ld)
		ldap_unbind_ext_s(ld, NULL, NULL);
	return end;
}
