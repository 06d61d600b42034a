/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "app/routes.h"

#include "app/dispatch.h"
#include "app/machine_routes.h"
#include "app/route_words.h"
#include "app/watch.h"
#include "web/admin/accounts_page.h"
#include "web/admin/admin_machines.h"
#include "web/admin/admin_page.h"
#include "web/admin/admin_shifts.h"
#include "web/admin/admin_sign_in.h"
#include "web/admin/admin_skills.h"
#include "web/admin/admin_waiting.h"
#include "web/admin/admin_work.h"
#include "web/admin/audit_page.h"
#include "web/admin/bodies_page.h"
#include "web/admin/calendars_edit.h"
#include "web/admin/calendars_page.h"
#include "web/admin/invitations_page.h"
#include "web/admin/offers_page.h"
#include "web/admin/roles_page.h"
#include "web/admin/rules_draft.h"
#include "web/admin/rules_dry_run.h"
#include "web/admin/rules_page.h"
#include "web/admin/rules_publish.h"
#include "web/admin/rules_try.h"
#include "web/admin/sharing_page.h"
#include "web/door/authenticator_page.h"
#include "web/door/customer_sign_in.h"
#include "web/door/entrance.h"
#include "web/door/link_page.h"
#include "web/door/passkey_page.h"
#include "web/door/password_page.h"
#include "web/door/provider_page.h"
#include "web/door/security_page.h"
#include "web/door/staff_sign_in.h"
#include "web/door/welcome_page.h"
#include "web/resident/check_answers.h"
#include "web/resident/feedback.h"
#include "web/resident/home.h"
#include "web/resident/information.h"
#include "web/resident/my_requests.h"
#include "web/resident/question.h"
#include "web/resident/service_page.h"
#include "web/resident/track_page.h"
#include "web/staff/access_page.h"
#include "web/staff/clock_page.h"
#include "web/staff/closure_page.h"
#include "web/staff/forecast_page.h"
#include "web/staff/honesty_list.h"
#include "web/staff/honesty_page.h"
#include "web/staff/new_contact.h"
#include "web/staff/person_page.h"
#include "web/staff/presence_page.h"
#include "web/staff/publication_page.h"
#include "web/staff/queue_page.h"
#include "web/staff/report_page.h"
#include "web/staff/sealed_page.h"
#include "web/staff/shared_page.h"
#include "web/staff/simulate_page.h"
#include "web/staff/staff_search.h"
#include "web/staff/ticket_actions.h"
#include "web/staff/ticket_page.h"
#include "web/staff/wallboard.h"

#include <string.h>

/* clang-format off */
static const struct route pages[] = {
	/* for everybody */
	{ GET, "/.well-known/security.txt", WHO_ANYONE, .handle = watch_security },
	{ GET, "/assets/*path", WHO_ANYONE | WHO_TOKEN, .handle = watch_assets },
	{ GET, "/healthz", WHO_ANYONE | WHO_TOKEN, .handle = watch_health },
	{ GET, "/readyz", WHO_ANYONE | WHO_TOKEN, .handle = watch_ready },
	{ GET, "/metrics", WHO_ANYONE | WHO_TOKEN, .handle = watch_metrics },

	/* residents */
	{ GET, "/", WHO_ANYONE, .handle = home_show },
	{ GET, "/accessibility", WHO_ANYONE, .handle = information_statement },
	{ GET, "/account", WHO_PERSON, .handle = my_requests_show },
	{ GET, "/account/authenticator", WHO_PERSON, .handle = authenticator_page_show },
	{ POST, "/account/authenticator", WHO_PERSON, FORM,
		.handle = authenticator_page_confirm },
	{ POST, "/account/authenticator/remove", WHO_PERSON, FORM,
		.handle = authenticator_page_remove },
	{ POST, "/account/authenticator/start", WHO_PERSON, FORM,
		.handle = authenticator_page_start },
	{ GET, "/account/confirm", WHO_PERSON, .handle = password_page_ask },
	{ POST, "/account/confirm", WHO_PERSON, FORM, .handle = password_page_confirm,
		.prepare = password_page_ask_prepare },
	{ GET, "/account/link", WHO_ANYONE, .handle = link_page_ask },
	{ POST, "/account/link", WHO_ANYONE, FORM, .handle = link_page_send },
	{ GET, "/account/link/:token", WHO_ANYONE, .handle = link_page_open },
	{ POST, "/account/link/:token", WHO_ANYONE, FORM, .handle = link_page_enter,
		.prepare = link_page_prepare },
	{ POST, "/account/passkeys", WHO_PERSON, FORM, .handle = passkey_page_add },
	{ POST, "/account/passkeys/remove", WHO_PERSON, FORM,
		.handle = passkey_page_remove },
	{ GET, "/account/password", WHO_PERSON, .handle = password_page_show },
	{ POST, "/account/password", WHO_PERSON, FORM, .handle = password_page_change,
		.prepare = password_page_prepare },
	{ POST, "/account/recovery-codes", WHO_PERSON, FORM,
		.handle = authenticator_page_codes },
	{ GET, "/account/security", WHO_PERSON, .handle = security_page_show },
	{ GET, "/account/sessions", WHO_PERSON, .handle = security_page_sessions },
	{ POST, "/account/sessions/end", WHO_PERSON, FORM, .handle = security_page_end },
	{ GET, "/account/sign-in", WHO_ANYONE, .handle = customer_sign_in_show },
	{ POST, "/account/sign-in", WHO_ANYONE, FORM, .handle = customer_sign_in_enter,
		.prepare = entrance_prepare },
	{ GET, "/account/sign-up", WHO_ANYONE, .handle = link_page_sign_up },
	{ POST, "/account/sign-up", WHO_ANYONE, FORM, .handle = link_page_send_sign_up },
	{ POST, "/account/sign-out", WHO_ANYONE, FORM, .handle = customer_sign_in_leave },
	{ GET, "/account/welcome/:token", WHO_ANYONE, .handle = welcome_page_open },
	{ POST, "/account/welcome/:token", WHO_ANYONE, FORM, .handle = welcome_page_enter,
		.prepare = welcome_page_prepare },
	{ GET, "/cookies", WHO_ANYONE, .handle = information_cookies },
	{ GET, "/feedback/:token", WHO_ANYONE, .handle = feedback_show },
	{ POST, "/feedback/:token", WHO_ANYONE, FORM, .handle = feedback_give },
	{ GET, "/help", WHO_ANYONE, .handle = information_help },
	{ GET, "/privacy", WHO_ANYONE, .handle = information_privacy },
	{ GET, "/services", WHO_ANYONE, .handle = service_page_list },
	{ GET, "/services/:code", WHO_ANYONE, .handle = service_page_show },
	{ GET, "/services/:code/check", WHO_ANYONE, .handle = check_answers_show },
	{ POST, "/services/:code/check", WHO_ANYONE, FORM, .handle = check_answers_send },
	{ GET, "/services/:code/contact", WHO_ANYONE, .handle = question_contact },
	{ POST, "/services/:code/contact", WHO_ANYONE, FORM, .handle = question_save_contact },
	{ GET, "/services/:code/more", WHO_ANYONE, .handle = question_more },
	{ POST, "/services/:code/more", WHO_ANYONE, FILES, .handle = question_save_more,
		.prepare = question_prepare },
	{ GET, "/services/:code/q/:field", WHO_ANYONE, .handle = question_show },
	{ POST, "/services/:code/q/:field", WHO_ANYONE, FILES, .handle = question_save,
		.prepare = question_prepare },
	{ GET, "/services/:code/sent/:ref", WHO_ANYONE, .handle = check_answers_sent },
	{ POST, "/services/:code/start", WHO_ANYONE, FORM, .handle = service_page_start },
	{ POST, "/sign-in/passkey", WHO_ANYONE, FORM, .handle = passkey_page_enter },
	{ POST, "/sign-in/passkey/options", WHO_ANYONE, FORM,
		.handle = passkey_page_options },
	{ GET, "/sign-in/return", WHO_ANYONE, .handle = provider_page_back },
	{ POST, "/sign-in/return", WHO_ANYONE, FORM, .handle = provider_page_enter,
		.prepare = provider_page_exchange },
	{ GET, "/sign-in/second", WHO_ANYONE, .handle = authenticator_page_second },
	{ POST, "/sign-in/second", WHO_ANYONE, FORM, .handle = authenticator_page_enter },
	{ POST, "/sign-in/with/:org/:id", WHO_ANYONE, FORM, .handle = provider_page_go,
		.prepare = provider_page_prepare },
	{ GET, "/track", WHO_ANYONE, .handle = track_page_ask },
	{ POST, "/track", WHO_ANYONE, FORM, .handle = track_page_send },
	{ GET, "/track/:ref", WHO_ANYONE, .handle = track_page_show },
	{ GET, "/track/:ref/code", WHO_ANYONE, .handle = track_page_show },
	{ POST, "/track/:ref/code", WHO_ANYONE, FORM, .handle = track_page_enter },
	{ GET, "/track/:ref/files/:id", WHO_ANYONE, ROUTE_SLOW, .handle = track_page_file },
	{ GET, "/track/:ref/message", WHO_ANYONE, .handle = track_page_show },
	{ POST, "/track/:ref/message", WHO_ANYONE, FILES, .handle = track_page_write,
		.prepare = track_page_prepare },

	/* people who are signed in */
	{ GET, "/events", WHO_PERSON, ROUTE_STREAM, .handle = watch_events },

	/* staff */
	{ GET, "/admin", WHO_ADMIN, .handle = admin_page_show },
	{ GET, "/admin/accounts", WHO_ADMIN, .handle = accounts_page_list },
	{ GET, "/admin/accounts/:id", WHO_ADMIN, .handle = accounts_page_show },
	{ POST, "/admin/accounts/:id/disable", WHO_ADMIN, FORM,
		.handle = accounts_page_do },
	{ POST, "/admin/accounts/:id/enable", WHO_ADMIN, FORM,
		.handle = accounts_page_do },
	{ POST, "/admin/accounts/:id/give", WHO_ADMIN, FORM, .handle = accounts_page_do },
	{ POST, "/admin/accounts/:id/join", WHO_ADMIN, FORM, .handle = accounts_page_do },
	{ POST, "/admin/accounts/:id/leave", WHO_ADMIN, FORM,
		.handle = accounts_page_do },
	{ POST, "/admin/accounts/:id/sign-out", WHO_ADMIN, FORM,
		.handle = accounts_page_do },
	{ POST, "/admin/accounts/:id/take", WHO_ADMIN, FORM, .handle = accounts_page_do },
	{ POST, "/admin/accounts/invite", WHO_ADMIN, FORM,
		.handle = invitations_page_make },
	{ GET, "/admin/bodies", WHO_ADMIN, .handle = bodies_page_list },
	{ GET, "/admin/bodies/:id", WHO_ADMIN, .handle = bodies_page_show },
	{ POST, "/admin/bodies/:id", WHO_ADMIN, FORM, .handle = bodies_page_save },
	{ POST, "/admin/bodies/:id/do", WHO_ADMIN, FORM, .handle = bodies_page_do },
	{ GET, "/admin/calendars", WHO_ADMIN, .handle = calendars_page_list },
	{ POST, "/admin/calendars/division", WHO_ADMIN, FORM,
		.handle = calendars_page_division },
	{ GET, "/admin/calendars/:id", WHO_ADMIN, .handle = calendars_page_show },
	{ GET, "/admin/calendars/:id/edit", WHO_ADMIN, .handle = calendars_edit_show },
	{ POST, "/admin/calendars/:id/edit", WHO_ADMIN, FORM,
		.handle = calendars_edit_save },
	{ GET, "/admin/audit", WHO_STAFF, ROUTE_SLOW, NEEDS(AUDIT),
		.handle = audit_page_show },
	{ GET, "/admin/audit.csv", WHO_STAFF, ROUTE_SLOW, NEEDS(AUDIT),
		.handle = audit_page_csv },
	{ POST, "/admin/audit/watch", WHO_STAFF, FORM, NEEDS(AUDIT),
		.handle = audit_page_watch },
	{ GET, "/admin/invitations/:id", WHO_ADMIN, .handle = invitations_page_show },
	{ POST, "/admin/invitations/:id/again", WHO_ADMIN, FORM,
		.handle = invitations_page_do },
	{ POST, "/admin/invitations/:id/withdraw", WHO_ADMIN, FORM,
		.handle = invitations_page_do },
	{ GET, "/admin/letters", WHO_ADMIN, .handle = admin_page_letters },
	{ POST, "/admin/letters/:id/retry", WHO_ADMIN, FORM, .handle = admin_page_retry },
	{ GET, "/admin/roles", WHO_ADMIN, .handle = roles_page_list },
	{ POST, "/admin/roles", WHO_ADMIN, FORM, .handle = roles_page_make },
	{ GET, "/admin/roles/:role", WHO_ADMIN, .handle = roles_page_show },
	{ POST, "/admin/roles/:role/change", WHO_ADMIN, FORM,
		.handle = roles_page_change },
	{ POST, "/admin/roles/:role/people", WHO_ADMIN, FORM,
		.handle = roles_page_give },
	{ POST, "/admin/roles/:role/remove", WHO_ADMIN, FORM,
		.handle = roles_page_remove },
	{ GET, "/admin/open311", WHO_ADMIN, .handle = offers_page_list },
	{ GET, "/admin/open311/:code", WHO_ADMIN, .handle = offers_page_show },
	{ POST, "/admin/open311/:code", WHO_ADMIN, FORM, .handle = offers_page_save },
	{ POST, "/admin/open311/:code/stoppers", WHO_ADMIN, FORM,
		.handle = offers_page_stop },
	{ GET, "/admin/rules", WHO_ADMIN, .handle = rules_page_overview },
	{ GET, "/admin/rules/:table", WHO_ADMIN, .handle = rules_page_live },
	{ GET, "/admin/rules/:table/draft", WHO_ADMIN, .handle = rules_draft_show },
	{ POST, "/admin/rules/:table/draft", WHO_ADMIN, FORM,
		.handle = rules_draft_act },
	{ GET, "/admin/rules/:table/draft/changes", WHO_ADMIN,
		.handle = rules_draft_changes },
	{ POST, "/admin/rules/:table/draft/discard", WHO_ADMIN, FORM,
		.handle = rules_draft_discard },
	{ GET, "/admin/rules/:table/draft/dry-run", WHO_ADMIN, ROUTE_SLOW,
		.handle = rules_dry_run_show },
	{ POST, "/admin/rules/:table/draft/dry-run", WHO_ADMIN, FORM,
		.handle = rules_dry_run_seen },
	{ GET, "/admin/rules/:table/draft/publish", WHO_ADMIN,
		.handle = rules_publish_ask },
	{ POST, "/admin/rules/:table/draft/publish", WHO_ADMIN, FORM,
		.handle = rules_publish_do },
	{ GET, "/admin/rules/:table/draft/rows/:id", WHO_ADMIN,
		.handle = rules_draft_row },
	{ POST, "/admin/rules/:table/draft/rows/:id", WHO_ADMIN, FORM,
		.handle = rules_draft_save },
	{ POST, "/admin/rules/:table/draft/rows/:id/put-back", WHO_ADMIN, FORM,
		.handle = rules_draft_put_back },
	{ GET, "/admin/rules/:table/try", WHO_ADMIN, .handle = rules_try_show },
	{ GET, "/admin/rules/:table/versions", WHO_ADMIN,
		.handle = rules_page_versions },
	{ GET, "/admin/rules/:table/versions/:version", WHO_ADMIN,
		.handle = rules_page_version },
	{ GET, "/admin/rules/:table/versions/:version/changes", WHO_ADMIN,
		.handle = rules_page_changes },
	{ GET, "/admin/rules/:table/versions/:version/restore", WHO_ADMIN,
		.handle = rules_publish_ask_restore },
	{ POST, "/admin/rules/:table/versions/:version/restore", WHO_ADMIN, FORM,
		.handle = rules_publish_restore },
	{ GET, "/admin/services", WHO_ADMIN, .handle = admin_page_services },
	{ GET, "/admin/shifts", WHO_ADMIN, .handle = admin_shifts_show },
	{ POST, "/admin/shifts", WHO_ADMIN, FORM, .handle = admin_shifts_save },
	{ POST, "/admin/shifts/absence", WHO_ADMIN, FORM, .handle = admin_shifts_absence },
	{ POST, "/admin/shifts/hours", WHO_ADMIN, FORM, .handle = admin_shifts_hours },
	{ POST, "/admin/shifts/licence", WHO_ADMIN, FORM, .handle = admin_shifts_licence },
	{ GET, "/admin/sign-in", WHO_ADMIN, .handle = admin_sign_in_show },
	{ GET, "/admin/sign-in/provider", WHO_ADMIN, .handle = admin_sign_in_provider },
	{ POST, "/admin/sign-in/provider", WHO_ADMIN, FORM,
		.handle = admin_sign_in_save },
	{ POST, "/admin/sign-in/rule", WHO_ADMIN, FORM, .handle = admin_sign_in_rule },
	{ GET, "/admin/skills", WHO_ADMIN, .handle = admin_skills_show },
	{ POST, "/admin/skills", WHO_ADMIN, FORM, .handle = admin_skills_add },
	{ POST, "/admin/skills/person", WHO_ADMIN, FORM, .handle = admin_skills_person },
	{ POST, "/admin/skills/service", WHO_ADMIN, FORM, .handle = admin_skills_service },
	{ POST, "/admin/skills/size", WHO_ADMIN, FORM, .handle = admin_skills_size },
	{ GET, "/admin/sharing", WHO_STAFF, NEEDS(SHARING) | MAY(AUDIT),
		.handle = sharing_page_list },
	{ POST, "/admin/sharing", WHO_STAFF, FORM, NEEDS(SHARING),
		.handle = sharing_page_make },
	{ GET, "/admin/sharing/:id", WHO_STAFF, NEEDS(SHARING) | MAY(AUDIT),
		.handle = sharing_page_show },
	{ GET, "/admin/sharing/:id/amend", WHO_STAFF, NEEDS(SHARING),
		.handle = sharing_page_amend },
	{ POST, "/admin/sharing/:id/amend", WHO_STAFF, FORM, NEEDS(SHARING),
		.handle = sharing_page_change },
	{ POST, "/admin/sharing/:id/end", WHO_STAFF, FORM, NEEDS(SHARING),
		.handle = sharing_page_end },
	{ GET, "/admin/sharing/new", WHO_STAFF, NEEDS(SHARING),
		.handle = sharing_page_new },
	{ GET, "/admin/teams", WHO_ADMIN, .handle = admin_page_teams },
	{ GET, "/admin/tokens", WHO_ADMIN, .handle = admin_machines_tokens },
	{ POST, "/admin/tokens", WHO_ADMIN, FORM, .handle = admin_machines_save_token },
	{ GET, "/admin/waiting", WHO_ADMIN, .handle = admin_waiting_show },
	{ POST, "/admin/waiting", WHO_ADMIN, FORM, .handle = admin_waiting_save },
	{ POST, "/admin/waiting/reopen", WHO_ADMIN, FORM, .handle = admin_waiting_reopen },
	{ GET, "/admin/webhooks", WHO_ADMIN, .handle = admin_machines_hooks },
	{ POST, "/admin/webhooks", WHO_ADMIN, FORM, .handle = admin_machines_save_hook },
	{ POST, "/admin/webhooks/do", WHO_ADMIN, FORM, .handle = admin_machines_do_hook },
	{ POST, "/admin/webhooks/replay", WHO_ADMIN, FORM,
		.handle = admin_machines_replay },
	{ GET, "/admin/work", WHO_ADMIN, .handle = admin_work_show },
	{ POST, "/admin/work/person", WHO_ADMIN, FORM, .handle = admin_work_person },
	{ POST, "/admin/work/team", WHO_ADMIN, FORM, .handle = admin_work_team },
	{ GET, "/staff", WHO_STAFF, .handle = queue_page_home },
	{ GET, "/staff/break-glass", WHO_ANYONE, .handle = link_page_glass },
	{ POST, "/staff/break-glass", WHO_ANYONE, FORM,
		.handle = link_page_break_glass },
	{ GET, "/staff/closures", WHO_STAFF, NEEDS(AMEND), .handle = closure_page_show },
	{ POST, "/staff/closures", WHO_STAFF, FORM, NEEDS(AMEND),
		.handle = closure_page_declare },
	{ GET, "/staff/forecast", WHO_STAFF, ROUTE_SLOW, .handle = forecast_page_show },
	{ GET, "/staff/me", WHO_STAFF, .handle = staff_sign_in_me },
	{ GET, "/staff/new", WHO_STAFF,
		NEEDS(CREATE), .handle = new_contact_show },
	{ POST, "/staff/new", WHO_STAFF, 0, FILES,
		NEEDS(CREATE), .handle = new_contact_send,
		.prepare = new_contact_prepare },
	{ POST, "/staff/organisation", WHO_STAFF, FORM, .handle = staff_sign_in_move },
	{ GET, "/staff/people/:id", WHO_STAFF,
		NEEDS(PEOPLE), .handle = person_page_show },
	{ POST, "/staff/presence", WHO_STAFF, FORM, .handle = presence_page_set },
	{ GET, "/staff/queue", WHO_STAFF,
		NEEDS(SEE) | MAY(SEE_TEAM), .handle = queue_page_show },
	{ GET, "/staff/reports", WHO_STAFF, ROUTE_SLOW,
		NEEDS(FIGURES), .handle = report_page_show },
	{ GET, "/staff/reports/honesty", WHO_STAFF, ROUTE_SLOW, NEEDS(FIGURES),
		.handle = honesty_page_show },
	{ GET, "/staff/reports/honesty.csv", WHO_STAFF, ROUTE_SLOW, NEEDS(EXPORT),
		.handle = honesty_page_csv },
	{ GET, "/staff/reports/honesty/tickets", WHO_STAFF, ROUTE_SLOW, NEEDS(FIGURES),
		.handle = honesty_list_show },
	{ GET, "/staff/reports/:table.csv", WHO_STAFF, ROUTE_SLOW,
		NEEDS(EXPORT), .handle = report_page_csv },
	{ GET, "/staff/search", WHO_STAFF, ROUTE_SLOW, .handle = staff_search_show },
	{ GET, "/staff/shared", WHO_STAFF, NEEDS(SHARED), .handle = shared_page_show },
	{ GET, "/staff/sign-in", WHO_ANYONE, .handle = staff_sign_in_show },
	{ POST, "/staff/sign-in", WHO_ANYONE, FORM, .handle = staff_sign_in_enter,
		.prepare = entrance_prepare },
	{ POST, "/staff/sign-out", WHO_ANYONE, FORM, .handle = staff_sign_in_leave },
	{ GET, "/staff/simulate", WHO_STAFF, ROUTE_SLOW, NEEDS(SIMULATE),
		.handle = simulate_page_show },
	{ GET, "/staff/tickets/:ref", WHO_STAFF,
		NEEDS(SEE) | MAY(SEE_TEAM) | MAY(SEE_OWN) | MAY(SHARED), .handle = ticket_page_show },
	{ GET, "/staff/tickets/:ref/access", WHO_STAFF, ROUTE_SLOW, NEEDS(EXPLAIN),
		.handle = access_page_show },
	{ POST, "/staff/tickets/:ref/answer", WHO_STAFF, FORM,
		NEEDS(REPLY) | MAY(NOTE) | MAY(RESOLVE), .handle = ticket_actions_answer },
	{ POST, "/staff/tickets/:ref/assign", WHO_STAFF, FORM,
		NEEDS(ASSIGN), .handle = ticket_actions_assign },
	{ POST, "/staff/tickets/:ref/cancel", WHO_STAFF, FORM,
		NEEDS(RESOLVE), .handle = ticket_actions_cancel },
	{ POST, "/staff/tickets/:ref/close", WHO_STAFF, FORM,
		NEEDS(RESOLVE), .handle = ticket_actions_close },
	{ POST, "/staff/tickets/:ref/claim", WHO_STAFF, FORM,
		NEEDS(CLAIM), .handle = ticket_actions_claim },
	{ POST, "/staff/tickets/:ref/call", WHO_STAFF, FORM,
		NEEDS(REPLY), .handle = ticket_actions_call },
	{ GET, "/staff/tickets/:ref/clocks/:kind", WHO_STAFF,
		NEEDS(SEE) | MAY(SEE_TEAM) | MAY(SEE_OWN) | MAY(SHARED), .handle = clock_page_show },
	{ POST, "/staff/tickets/:ref/clocks/:kind", WHO_STAFF, FORM,
		NEEDS(AMEND), .handle = clock_page_amend },
	{ POST, "/staff/tickets/:ref/draft", WHO_STAFF, FORM,
		NEEDS(REPLY) | MAY(NOTE), .handle = ticket_actions_draft },
	{ GET, "/staff/tickets/:ref/files/:id", WHO_STAFF, ROUTE_SLOW,
		NEEDS(SEE) | MAY(SEE_TEAM) | MAY(SEE_OWN) | MAY(SHARED), .handle = ticket_page_file },
	{ POST, "/staff/tickets/:ref/look", WHO_STAFF, FORM,
		NEEDS(SEE) | MAY(SEE_TEAM) | MAY(SHARED), .handle = sealed_page_give },
	{ POST, "/staff/tickets/:ref/priority", WHO_STAFF, FORM,
		NEEDS(PRIORITY), .handle = ticket_actions_priority },
	{ GET, "/staff/tickets/:ref/publication", WHO_STAFF, NEEDS(REPLY),
		.handle = publication_page_show },
	{ POST, "/staff/tickets/:ref/publication", WHO_STAFF, FORM, NEEDS(REPLY),
		.handle = publication_page_change },
	{ POST, "/staff/tickets/:ref/refuse", WHO_STAFF, FORM,
		NEEDS(CLAIM), .handle = ticket_actions_refuse },
	{ POST, "/staff/tickets/:ref/resume", WHO_STAFF, FORM,
		NEEDS(REPLY), .handle = ticket_actions_resume },
	{ POST, "/staff/tickets/:ref/reopen", WHO_STAFF, FORM,
		NEEDS(RESOLVE), .handle = ticket_actions_reopen },
	{ GET, "/staff/wallboard", WHO_STAFF, ROUTE_SLOW,
		NEEDS(FIGURES) | MAY(SEE), .handle = wallboard_show },
};
/* clang-format on */

enum { PAGES = sizeof pages / sizeof *pages };

struct routes
routes_all(struct arena *a)
{
	struct route *at = arena_array(
		a, (size_t)(PAGES + machine_routes_count), sizeof *at);

	memcpy(at, pages, sizeof pages);
	memcpy(at + PAGES, machine_routes,
		(size_t)machine_routes_count * sizeof *machine_routes);
	return (struct routes){at, PAGES + machine_routes_count};
}
