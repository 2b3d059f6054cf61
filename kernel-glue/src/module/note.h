/* SPDX-License-Identifier: Apache-2.0 */
/* The note of a module, in its file. */
#ifndef RTTM_NOTE_H
#define RTTM_NOTE_H

#include <rtthread.h>

/* Whether the note of a file was read. Its format is in kernel-glue/format/src/note.rs. */
enum rttm_note
{
    RTTM_NOTE_READ,
    RTTM_NOTE_NONE,    /* it has none: it was not made by mkmod */
    RTTM_NOTE_DAMAGED, /* the file can't be read as far as that */
};

/* The beginning of the note, as it is in the file. Texts follow. */
struct rttm_note_head
{
    rt_uint32_t checksum;
    rt_uint16_t abi_major;
    rt_uint16_t abi_minor;
    rt_uint16_t stack_bytes;
    rt_uint16_t largest_frame; /* in units of 8 bytes */
    rt_uint32_t heap_bytes;
    rt_uint8_t  priority;
    rt_uint8_t  flags; /* RTTM_APP_… */
    rt_uint16_t workspace;
    rt_uint8_t  build_id[8];
};

/* Reads the beginning of the note from the file at `path`, without the rest of the file. */
enum rttm_note rttm_note_read(const char *path, struct rttm_note_head *head);

/*
 * The same, and the texts behind it, each with a NUL: name, version, description and target, and with RTTM_APP_MEMHEAP the
 * name of a memheap. What `texts` has no room for is left out.
 */
enum rttm_note rttm_note_read_texts(const char *path, struct rttm_note_head *head, char *texts, rt_size_t capacity);

#endif /* RTTM_NOTE_H */
