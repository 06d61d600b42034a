/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_CONFINE_H
#define BASE_CONFINE_H

/* What this process may ask of the kernel from now on; there is no way back (seccomp). */

#include <stdbool.h>

/* For a process that serves: it can start no program, look into no other process, load no
 * kernel code and gain no privilege, whatever is found in it. Covers all threads. False
 * when the kernel cannot do it. */
bool confine_server(void);

/* For a process that does one thing with bytes from `fd` and answers there: compute, read
 * and write that descriptor, end. Anything else kills it. Memory and processor time are
 * bounded too. False when the kernel cannot do it. */
bool confine_cell(int fd);

#endif
