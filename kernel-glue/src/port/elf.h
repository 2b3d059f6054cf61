/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The records of a module's file, which has the class of the kernel: 32-bit, or 64-bit. The dlelf.h of RT-Thread 4.x
 * knows the first only. The names are those of the ELF specification.
 */
#ifndef RTTM_ELF_H
#define RTTM_ELF_H

#include <stdint.h>

#include <rtthread.h>

struct rttm_ehdr
{
    rt_uint8_t  e_ident[16];
    rt_uint16_t e_type;
    rt_uint16_t e_machine;
    rt_uint32_t e_version;
    rt_ubase_t  e_entry;
    rt_ubase_t  e_phoff;
    rt_ubase_t  e_shoff;
    rt_uint32_t e_flags;
    rt_uint16_t e_ehsize;
    rt_uint16_t e_phentsize;
    rt_uint16_t e_phnum;
    rt_uint16_t e_shentsize;
    rt_uint16_t e_shnum;
    rt_uint16_t e_shstrndx;
};

struct rttm_shdr
{
    rt_uint32_t sh_name;
    rt_uint32_t sh_type;
    rt_ubase_t  sh_flags;
    rt_ubase_t  sh_addr;
    rt_ubase_t  sh_offset;
    rt_ubase_t  sh_size;
    rt_uint32_t sh_link;
    rt_uint32_t sh_info;
    rt_ubase_t  sh_addralign;
    rt_ubase_t  sh_entsize;
};

#if UINTPTR_MAX > 0xFFFFFFFFu

struct rttm_phdr
{
    rt_uint32_t p_type;
    rt_uint32_t p_flags;
    rt_ubase_t  p_offset;
    rt_ubase_t  p_vaddr;
    rt_ubase_t  p_paddr;
    rt_ubase_t  p_filesz;
    rt_ubase_t  p_memsz;
    rt_ubase_t  p_align;
};

#else

struct rttm_phdr
{
    rt_uint32_t p_type;
    rt_ubase_t  p_offset;
    rt_ubase_t  p_vaddr;
    rt_ubase_t  p_paddr;
    rt_ubase_t  p_filesz;
    rt_ubase_t  p_memsz;
    rt_uint32_t p_flags;
    rt_ubase_t  p_align;
};

#endif

#endif /* RTTM_ELF_H */
