/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a module's note from its file, before anything of it is loaded. */
#include <rtthread.h>
#include <dlelf.h>

#include "compat.h"
#include "elf.h"
#include "note.h"

#define SECTION_NAME ".note.rtt-mod"
#define SECTION_KIND 7 /* SHT_NOTE */
#define NOTE_TYPE 1u
#define OWNER "RTTM"

/* The beginning of the section: an ELF note's header, its owner, and the description as far as its flags. */
struct head
{
    rt_uint32_t owner_bytes;
    rt_uint32_t description_bytes;
    rt_uint32_t type;
    char        owner[8];
    rt_uint8_t  before_flags[17];
    rt_uint8_t  flags;
};

static rt_bool_t read_at(int fd, rt_ubase_t offset, void *bytes, rt_size_t length)
{
    return lseek(fd, (off_t)offset, SEEK_SET) == (off_t)offset && read(fd, bytes, length) == (int)length;
}

static rt_bool_t read_section(int fd, const struct rttm_ehdr *header, rt_uint32_t index, struct rttm_shdr *section)
{
    return read_at(fd, header->e_shoff + index * sizeof *section, section, sizeof *section);
}

static enum rttm_note read_flags(int fd, const struct rttm_shdr *section, rt_uint8_t *flags)
{
    struct head head;

    if (!read_at(fd, section->sh_offset, &head, sizeof head))
        return RTTM_NOTE_DAMAGED;
    if (head.owner_bytes != sizeof OWNER || head.type != NOTE_TYPE || rt_memcmp(head.owner, OWNER, sizeof OWNER) != 0)
        return RTTM_NOTE_DAMAGED;
    *flags = head.flags;
    return RTTM_NOTE_READ;
}

static enum rttm_note find_and_read_flags(int fd, rt_uint8_t *flags)
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
            return read_flags(fd, &section, flags);
    }
    return RTTM_NOTE_NONE;
}

enum rttm_note rttm_note_flags(const char *path, rt_uint8_t *flags)
{
    enum rttm_note note;
    int            fd = open(path, O_RDONLY, 0);

    if (fd < 0)
        return RTTM_NOTE_DAMAGED;
    note = find_and_read_flags(fd, flags);
    close(fd);
    return note;
}
