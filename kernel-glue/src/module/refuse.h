/* SPDX-License-Identifier: Apache-2.0 */
/* The lines that say why a file is refused. */
#ifndef RTTM_REFUSE_H
#define RTTM_REFUSE_H

/* Prints a line that says why the file at `path` is refused: the path, and what `format` makes, at most 111 bytes. */
void rttm_refuse(const char *path, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The same for a program for whose main thread there is no memory. */
void rttm_refuse_thread(const char *path, unsigned stack_bytes);

#endif /* RTTM_REFUSE_H */
