/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a module was compiled for, beside what this kernel was compiled for. A module for another core may run for a long
 * time, until it comes to the instruction that is not there, or to the first call with a floating-point number.
 */
#include <rtthread.h>

#ifdef RT_USING_MODULE

#include <string.h>

#include <dlmodule.h>
#include <dlelf.h>

#include "elf.h"
#include "processor.h"

/* The note of a module: see loader/src/note.rs. */
#define NOTE_SECTION      ".note.rtt-mod"
#define NOTE_HEADER_BYTES 20u /* of an ELF note, and the owner's name */
#define NOTE_STRINGS      28u /* where they begin */
#define NOTE_TARGET       3   /* which of them it is */

#define FLOAT_HARD  0x400u /* EF_ARM_ABI_FLOAT_HARD */
#define FLOAT_RISCV 0x6u   /* EF_RISCV_FLOAT_ABI: how many registers pass floating-point numbers, if any */

/*
 * The processors of Rust's targets whose code does not run here, each with its NUL; `mkmod check` goes by the same, and says
 * nothing of others.
 */
static const char strangers[] =
#if defined(__ARM_ARCH_PROFILE) && __ARM_ARCH_PROFILE == 'M'
    "armv5te\0"
    "armv7a\0"
    "armv7r\0"
    "thumbv7a\0"
    "thumbv7r\0"
#if __ARM_ARCH_ISA_THUMB < 2
    "thumbv7m\0"
#endif
#if !defined(__ARM_ARCH_7EM__) && !defined(__ARM_ARCH_8M_MAIN__) && !defined(__ARM_ARCH_8_1M_MAIN__)
    "thumbv7em\0"
#endif
#if __ARM_ARCH < 8
    "thumbv8m.base\0"
#endif
#if !defined(__ARM_ARCH_8M_MAIN__) && !defined(__ARM_ARCH_8_1M_MAIN__)
    "thumbv8m.main\0"
#endif
#elif defined(__arm__)
    "thumbv6m\0"
    "thumbv7m\0"
    "thumbv7em\0"
    "thumbv8m.base\0"
    "thumbv8m.main\0"
#if __ARM_ARCH < 7
    "armv7a\0"
    "armv7r\0"
    "thumbv7a\0"
    "thumbv7r\0"
#endif
#endif
    "";

/*
 * Hard float on a kernel without fails, and the registers are not kept. The other way about only functions with
 * floating-point arguments go wrong, of which a module may call none: `mkmod check` warns.
 */
const char *rttm_check_flags(rt_uint32_t flags)
{
#if defined(__arm__) && !defined(__ARM_PCS_VFP)
    if (flags & FLOAT_HARD)
        return "built for hard float, and the kernel for soft float";
#elif defined(__riscv_float_abi_soft)
    if (flags & FLOAT_RISCV)
        return "built for hard float, and the kernel for soft float";
#else
    (void)flags;
#endif
    return RT_NULL;
}

const char *rttm_check_target(const char *target)
{
    const char *stranger;
    rt_size_t   length;

    if (target == RT_NULL)
        return RT_NULL;
    for (stranger = strangers; *stranger != '\0'; stranger += length + 1)
    {
        length = strlen(stranger);
        if (strncmp(target, stranger, length) == 0 && strncmp(target + length, "-none-", sizeof "-none-" - 1) == 0)
            return "built for a larger core, or one of another kind";
    }
    return RT_NULL;
}

#ifndef RTT_MOD_USING_LOADER /* which reads the note, and looks at the pointers, itself */

static const struct rttm_shdr *section_of_note(const rt_uint8_t *file)
{
    const struct rttm_ehdr *header = (const struct rttm_ehdr *)file;
    const struct rttm_shdr *sections = (const struct rttm_shdr *)(file + header->e_shoff);
    const char             *names = (const char *)file + sections[header->e_shstrndx].sh_offset;
    rt_uint32_t             i;

    for (i = 0; i < header->e_shnum; i++)
    {
        if (sections[i].sh_type == SHT_NOTE && strcmp(names + sections[i].sh_name, NOTE_SECTION) == 0)
            return &sections[i];
    }
    return RT_NULL;
}

/* The name of the module's Rust target; RT_NULL when the note is none, or does not say. */
static const char *target_of(const rt_uint8_t *file)
{
    const struct rttm_shdr *section = section_of_note(file);
    const char             *at, *end;
    int                     index;

    if (section == RT_NULL || section->sh_size <= NOTE_HEADER_BYTES + NOTE_STRINGS)
        return RT_NULL;
    at = (const char *)file + section->sh_offset;
    end = at + section->sh_size;
    if (end[-1] != '\0')
        return RT_NULL;
    at += NOTE_HEADER_BYTES + NOTE_STRINGS;
    for (index = 0; at < end && index < NOTE_TARGET; index++)
        at += strlen(at) + 1;
    return at < end && *at != '\0' ? at : RT_NULL;
}

#if defined(__ARM_ARCH_PROFILE) && __ARM_ARCH_PROFILE == 'M'

/* A function pointer without its lowest bit would switch the processor to a state that it does not have. */
static const char *check_state(const rt_uint8_t *file)
{
    static const char       wrong[] = "has ARM code, and this core runs Thumb code only";
    const struct rttm_ehdr *header = (const struct rttm_ehdr *)file;
    const struct rttm_shdr *sections = (const struct rttm_shdr *)(file + header->e_shoff);
    rt_uint32_t             i, j;

    if (header->e_type != ET_DYN)
        return RT_NULL;
    if (header->e_entry != 0 && (header->e_entry & 1) == 0)
        return wrong;
    for (i = 0; i < header->e_shnum; i++)
    {
        const struct rttm_sym *symbols = (const struct rttm_sym *)(file + sections[i].sh_offset);

        if (sections[i].sh_type != SHT_DYNSYM)
            continue;
        for (j = 0; j < sections[i].sh_size / sizeof *symbols; j++)
        {
            if (ELF_ST_TYPE(symbols[j].st_info) == STT_FUNC && symbols[j].st_shndx != 0 &&
                (symbols[j].st_value & 1) == 0)
                return wrong;
        }
    }
    return RT_NULL;
}

#else

static const char *check_state(const rt_uint8_t *file)
{
    (void)file;
    return RT_NULL;
}

#endif

const char *rttm_check_processor(const rt_uint8_t *file)
{
    const char *wrong = rttm_check_flags(((const struct rttm_ehdr *)file)->e_flags);

    if (wrong == RT_NULL)
        wrong = rttm_check_target(target_of(file));
    return wrong != RT_NULL ? wrong : check_state(file);
}

#endif /* RTT_MOD_USING_LOADER */

#endif /* RT_USING_MODULE */
