/* SPDX-License-Identifier: Apache-2.0 */
/* Lines on the console that say why a file is refused. */
#ifndef RTTM_REFUSE_H
#define RTTM_REFUSE_H

/* Prints why the file at `path` is refused: the path, and the formatted text, of which at most 111 bytes. */
void rttm_refuse(const char *path, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Prints that there is no memory for a module with such an image. */
void rttm_refuse_image(const char *path, unsigned image_bytes);

/* Prints that there is no memory for the main thread of a program. */
void rttm_refuse_thread(const char *path, unsigned stack_bytes);

#endif /* RTTM_REFUSE_H */
