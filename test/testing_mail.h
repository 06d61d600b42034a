/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef TESTING_MAIL_H
#define TESTING_MAIL_H

/* A real SMTP server (tools/mailserver) for one test program; stopped at its end. */

/* Starts it; its address: "smtp://127.0.0.1:PORT". */
const char *testing_mail_start(void);

/* Stops it and starts it again at the same address. */
void testing_mail_stop(void);
void testing_mail_again(void);

/* How many letters have arrived. */
int testing_mail_count(void);

/* The raw text of the only letter that holds `mark`; fails the test otherwise. */
const char *testing_mail_with(const char *mark);

#endif
