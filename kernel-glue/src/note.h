/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RTTM_NOTE_H
#define RTTM_NOTE_H

#include <rtthread.h>

/* What the note of a module's file says: see kernel-glue/loader/src/note.rs. */
enum rttm_note
{
    RTTM_NOTE_READ,
    RTTM_NOTE_NONE,    /* it has none: it was not made by mkmod */
    RTTM_NOTE_DAMAGED, /* the file can't be read as far as that */
};

/* Reads the RTTM_APP_… flags from the note of the file at `path`, without the rest of the file. */
enum rttm_note rttm_note_flags(const char *path, rt_uint8_t *flags);

#endif /* RTTM_NOTE_H */
