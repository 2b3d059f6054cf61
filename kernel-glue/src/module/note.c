/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a module's note from its file, before anything of it is loaded. */
#include <rtthread.h>

#ifdef RT_USING_MODULE

#include <dlelf.h>

#include "../port/compat.h"
#include "../port/elf.h"
#include "note.h"

#define SECTION_NAME ".note.rtt-mod"
#define SECTION_KIND 7 /* SHT_NOTE */
#define NOTE_TYPE    1u
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

static rt_bool_t read_section(int fd, const struct rttm_ehdr *header, rt_uint32_t index, struct rttm_shdr *section)
{
    return read_at(fd, header->e_shoff + index * sizeof *section, section, sizeof *section);
}

static enum rttm_note read_note(int fd, const struct rttm_shdr *section, const struct note *note)
{
    struct header header;
    rt_size_t     bytes;

    if (!read_at(fd, section->sh_offset, &header, sizeof header) ||
        !read_at(fd, section->sh_offset + sizeof header, note->head, sizeof *note->head))
        return RTTM_NOTE_DAMAGED;
    if (header.owner_bytes != sizeof OWNER || header.type != NOTE_TYPE ||
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
    struct rttm_shdr names, section;
    char             name[sizeof SECTION_NAME];
    rt_uint32_t      i;

    if (!read_at(fd, 0, &header, sizeof header) || rt_memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 ||
        !read_section(fd, &header, header.e_shstrndx, &names))
        return RTTM_NOTE_DAMAGED;
    for (i = 0; i < header.e_shnum; i++)
    {
        if (!read_section(fd, &header, i, &section))
            return RTTM_NOTE_DAMAGED;
        if (section.sh_type == SECTION_KIND && read_at(fd, names.sh_offset + section.sh_name, name, sizeof name) &&
            rt_memcmp(name, SECTION_NAME, sizeof name) == 0)
            return read_note(fd, &section, note);
    }
    return RTTM_NOTE_NONE;
}

static enum rttm_note read_note_of(const char *path, const struct note *note)
{
    enum rttm_note result;
    int            fd = open(path, O_RDONLY, 0);

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
