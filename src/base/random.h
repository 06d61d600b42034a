/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/* Bytes nobody can guess, from the kernel (getrandom). Never fails. */
void random_bytes(void *at, size_t n);

uint64_t random_number(void);

#endif
