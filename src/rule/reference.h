/* SPDX-License-Identifier: AGPL-3.0-or-later */
#ifndef RULE_REFERENCE_H
#define RULE_REFERENCE_H

/*
 * References shown to the public: 40 random bits as eight digits of Crockford's base 32
 * (no I, L, O, U) and a check digit, written in threes: 7KM-39Q-XAT.
 *
 * The check digit c0 makes c0 + a c1 + a^2 c2 + ... + a^8 c8 = 0 in GF(32), with a
 * a root of x^5 + x^2 + 1. The nine weights are distinct and not zero, so every single
 * wrong digit and every exchange of two digits, neighbours or not, is detected.
 */

#include <stdint.h>

enum {
	REFERENCE_ROOM = 12, /* a written reference and its NUL */
};

enum reference_reading {
	REFERENCE_READ,
	REFERENCE_NOT_ONE,     /* it has not the shape of one */
	REFERENCE_WRONG_CHECK, /* it has, but a digit is wrong */
};

/* Writes the reference of the low 40 bits of a random number. */
void reference_write(uint64_t random, char out[REFERENCE_ROOM]);

/* Reads what a person typed: any case, spaces and hyphens anywhere, O for 0, I and L
 * for 1. On REFERENCE_READ `out` holds it as reference_write writes it. */
enum reference_reading reference_read(const char *text, char out[REFERENCE_ROOM]);

#endif
