/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a module's note from its file, before anything of it is loaded. */
#include <rtthread.h>

#ifdef RT_USING_MODULE

#include <dlmodule.h> /* dlelf.h does without it from 4.1 on, but not without a warning */
#include <dlelf.h>

#include "../port/compat.h"
#include "../port/elf.h"
#include "note.h"

#define SECTIONS     5 /* of a module of mkmod; the last one is the note */
#define SECTION_KIND 7 /* SHT_NOTE */
#define NOTE_TYPE    2u
#define OLD_TYPE     1u /* says the same, but no loader takes the file */
#define OWNER        "RTTM"

/* The beginning of the section: the header of an ELF note, and the name of the owner. */
struct header
{
    rt_uint32_t owner_bytes;
    rt_uint32_t description_bytes;
    rt_uint32_t type;
    char        owner[8];
};

/* Where a note is read to. */
struct note
{
    struct rttm_note_head *head;
    char                  *texts; /* or RT_NULL */
    rt_size_t              capacity;
};

static rt_bool_t read_at(int fd, rt_ubase_t offset, void *bytes, rt_size_t length)
{
    return lseek(fd, (off_t)offset, SEEK_SET) == (off_t)offset && read(fd, bytes, length) == (int)length;
}

static enum rttm_note read_note(int fd, const struct rttm_shdr *section, const struct note *note)
{
    struct header header;
    rt_size_t     bytes;

    if (!read_at(fd, section->sh_offset, &header, sizeof header) ||
        !read_at(fd, section->sh_offset + sizeof header, note->head, sizeof *note->head))
        return RTTM_NOTE_DAMAGED;
    if (header.owner_bytes != sizeof OWNER || (header.type != NOTE_TYPE && header.type != OLD_TYPE) ||
        rt_memcmp(header.owner, OWNER, sizeof OWNER) != 0 || header.description_bytes < sizeof *note->head)
        return RTTM_NOTE_DAMAGED;
    if (note->texts == RT_NULL)
        return RTTM_NOTE_READ;
    bytes = header.description_bytes - sizeof *note->head;
    bytes = bytes < note->capacity ? bytes : note->capacity;
    return read(fd, note->texts, bytes) == (int)bytes ? RTTM_NOTE_READ : RTTM_NOTE_DAMAGED;
}

static enum rttm_note find_and_read(int fd, const struct note *note)
{
    struct rttm_ehdr header;
    struct rttm_shdr section;

    if (!read_at(fd, 0, &header, sizeof header) || rt_memcmp(header.e_ident, ELFMAG, SELFMAG) != 0)
        return RTTM_NOTE_DAMAGED;
    if (header.e_shnum != SECTIONS)
        return RTTM_NOTE_NONE;
    if (!read_at(fd, header.e_shoff + (SECTIONS - 1) * sizeof section, &section, sizeof section))
        return RTTM_NOTE_DAMAGED;
    return section.sh_type == SECTION_KIND ? read_note(fd, &section, note) : RTTM_NOTE_NONE;
}

static enum rttm_note read_note_of(const char *path, const struct note *note)
{
    enum rttm_note result;
    int            fd = rttm_open_to_read(path);

    if (fd < 0)
        return RTTM_NOTE_DAMAGED;
    result = find_and_read(fd, note);
    close(fd);
    return result;
}

enum rttm_note rttm_note_read(const char *path, struct rttm_note_head *head)
{
    struct note note = {.head = head};

    return read_note_of(path, &note);
}

enum rttm_note rttm_note_read_texts(const char *path, struct rttm_note_head *head, char *texts, rt_size_t capacity)
{
    struct note note = {head, texts, capacity};

    rt_memset(texts, 0, capacity);
    note.capacity--;
    return read_note_of(path, &note);
}

#endif /* RT_USING_MODULE */
