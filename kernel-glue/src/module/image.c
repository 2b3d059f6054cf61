/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the size of an image from the header of its file. */
#include <rtthread.h>

#ifdef RT_USING_MODULE

#include <dlmodule.h>
#include <dlelf.h>

#include "../port/compat.h"
#include "../port/elf.h"
#include "image.h"

static rt_uint32_t read_open_file(int fd)
{
    struct rttm_ehdr header;
    struct rttm_phdr segment;
    rt_ubase_t       start = ~(rt_ubase_t)0, end = 0;
    int              i;

    if (read(fd, &header, sizeof header) != sizeof header || rt_memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 ||
        lseek(fd, (off_t)header.e_phoff, SEEK_SET) != (off_t)header.e_phoff)
        return 0;
    for (i = 0; i < header.e_phnum; i++)
    {
        if (read(fd, &segment, sizeof segment) != sizeof segment)
            return 0;
        if (segment.p_type != PT_LOAD)
            continue;
        start = segment.p_vaddr < start ? segment.p_vaddr : start;
        end = segment.p_vaddr + segment.p_memsz;
    }
    return end > start ? (rt_uint32_t)(end - start) : 0;
}

rt_uint32_t rttm_image_bytes(const char *path)
{
    rt_uint32_t bytes;
    int         fd = rttm_open_to_read(path);

    if (fd < 0)
        return 0;
    bytes = read_open_file(fd);
    close(fd);
    return bytes;
}

#endif /* RT_USING_MODULE */
