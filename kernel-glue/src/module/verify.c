/* SPDX-License-Identifier: Apache-2.0 */
/* Keeps from dlmodule what would crash it, or make it refuse every later module: see rttm_verify. */
#include <rtthread.h>

#if defined(RT_USING_MODULE) && !defined(RTT_MOD_USING_LOADER)

#include <dlmodule.h>
#include <dlelf.h>

#include "../port/elf.h"
#include "verify.h"

#if defined(__arm__)
#define MACHINE 40 /* EM_ARM */
#elif defined(__riscv)
#define MACHINE 243 /* EM_RISCV */
#else
#error "kernel-glue: this processor is not supported"
#endif

#define RELOCATION_NONE 0 /* does nothing, on every processor */
#define DATA_LITTLE_ENDIAN 1
#define EI_DATA 5

/* No image is larger. What is nearly 4 GiB, rt_malloc would round up to nothing. */
#define IMAGE_MAX 0x7FFFFFFFu

/* What rt_malloc adds to a block, at most, rounding included. */
#define BLOCK_OVERHEAD 32u

/* Where something is wrong; what, `mkmod check` tells. */
#define CUT            "cut off: the file ends too early"
#define BAD_HEADER     "damaged: its header"
#define BAD_SEGMENT    "damaged: a segment"
#define BAD_SECTION    "damaged: a section"
#define BAD_SYMBOL     "damaged: a symbol"
#define BAD_RELOCATION "damaged: a relocation"

/* A file, with its tables known to lie inside. */
struct file
{
    const rt_uint8_t       *bytes;
    rt_uint32_t             length;
    const struct rttm_ehdr *header;
    const struct rttm_shdr *sections;
    const struct rttm_phdr *segments;
    rt_ubase_t              image_start; /* the address of the image's first byte, as linked */
    rt_ubase_t              image_bytes;
};

/* Whether `bytes` from `offset` lie within `whole`. */
static rt_bool_t within(rt_ubase_t offset, rt_ubase_t bytes, rt_ubase_t whole)
{
    return offset <= whole && bytes <= whole - offset;
}

/* Whether so many `bytes` from `address` on are the image's. In a relocatable object, addresses mean something else. */
static rt_bool_t in_image(const struct file *file, rt_ubase_t address, rt_ubase_t bytes)
{
    return file->header->e_type != ET_DYN || within(address - file->image_start, bytes, file->image_bytes);
}

static const char *open_header(struct file *file)
{
    const struct rttm_ehdr *header = (const struct rttm_ehdr *)file->bytes;

    file->header = header;
    if (file->length < SELFMAG || (rt_memcmp(header->e_ident, ELFMAG, SELFMAG) != 0 &&
                                   rt_memcmp(header->e_ident, RTMMAG, SELFMAG) != 0))
        return "not a module: no ELF file";
    if (file->length < sizeof *header)
        return CUT;
    if (header->e_ident[EI_CLASS] != RTTM_ELF_CLASS || header->e_ident[EI_DATA] != DATA_LITTLE_ENDIAN ||
        header->e_machine != MACHINE)
        return "built for another processor";
    if (header->e_type != ET_DYN && header->e_type != ET_REL)
        return "not a module: an ELF file of another kind";
    return RT_NULL;
}

static const char *open_tables(struct file *file)
{
    const struct rttm_ehdr *header = file->header;

    if ((header->e_shoff | header->e_phoff) % sizeof(rt_ubase_t) != 0)
        return BAD_HEADER;
    if (!within(header->e_shoff, header->e_shnum * (rt_uint32_t)sizeof(struct rttm_shdr), file->length) ||
        !within(header->e_phoff, header->e_phnum * (rt_uint32_t)sizeof(struct rttm_phdr), file->length))
        return CUT;
    if (header->e_shnum == 0 || header->e_shstrndx >= header->e_shnum)
        return BAD_HEADER;
    file->sections = (const struct rttm_shdr *)(file->bytes + header->e_shoff);
    file->segments = (const struct rttm_phdr *)(file->bytes + header->e_phoff);
    return RT_NULL;
}

static const char *check_segments(struct file *file)
{
    rt_ubase_t  end = 0;
    rt_bool_t   first = RT_TRUE;
    rt_uint32_t i;

    for (i = 0; i < file->header->e_phnum; i++)
    {
        const struct rttm_phdr *segment = &file->segments[i];

        if (segment->p_type != PT_LOAD)
            continue;
        if (!within(segment->p_offset, segment->p_filesz, file->length))
            return CUT;
        if (segment->p_memsz < segment->p_filesz || segment->p_vaddr + segment->p_memsz < segment->p_vaddr ||
            (!first && segment->p_vaddr < end))
            return BAD_SEGMENT;
        if (first && segment->p_vaddr % sizeof(rt_ubase_t) != 0)
            return BAD_SEGMENT;
        if (first)
            file->image_start = segment->p_vaddr;
        end = segment->p_vaddr + segment->p_memsz;
        first = RT_FALSE;
    }
    file->image_bytes = end - file->image_start;
    if (file->header->e_type == ET_DYN && file->image_bytes == 0)
        return "damaged: there is nothing to load";
    if (file->image_bytes > IMAGE_MAX)
        return BAD_SEGMENT;
    if (file->header->e_entry != 0 && !in_image(file, file->header->e_entry, 1))
        return BAD_HEADER;
    return RT_NULL;
}

static rt_bool_t is_terminated_strings(const struct file *file, rt_uint32_t index)
{
    const struct rttm_shdr *section = &file->sections[index];

    return section->sh_type == SHT_STRTAB && section->sh_size != 0 &&
           file->bytes[section->sh_offset + section->sh_size - 1] == '\0';
}

static const char *check_sections(struct file *file)
{
    const struct rttm_shdr *names = &file->sections[file->header->e_shstrndx];
    rt_uint32_t             i;

    for (i = 0; i < file->header->e_shnum; i++)
    {
        const struct rttm_shdr *section = &file->sections[i];

        if (section->sh_type != SHT_NULL && section->sh_type != SHT_NOBITS &&
            !within(section->sh_offset, section->sh_size, file->length))
            return CUT;
        if (section->sh_name >= names->sh_size)
            return BAD_SECTION;
    }
    if (!is_terminated_strings(file, file->header->e_shstrndx))
        return BAD_SECTION;
    return RT_NULL;
}

static rt_bool_t is_symbol_table(const struct file *file, rt_uint32_t index)
{
    const struct rttm_shdr *section;

    if (index >= file->header->e_shnum)
        return RT_FALSE;
    section = &file->sections[index];
    return (section->sh_type == SHT_DYNSYM || section->sh_type == SHT_SYMTAB) &&
           section->sh_offset % sizeof(rt_ubase_t) == 0 && section->sh_link < file->header->e_shnum &&
           is_terminated_strings(file, section->sh_link);
}

static const struct rttm_sym *symbols_of(const struct file *file, const struct rttm_shdr *table, rt_uint32_t *count)
{
    *count = (rt_uint32_t)(table->sh_size / sizeof(struct rttm_sym));
    return (const struct rttm_sym *)(file->bytes + table->sh_offset);
}

static const char *name_of(const struct file *file, const struct rttm_shdr *table, const struct rttm_sym *symbol)
{
    return (const char *)file->bytes + file->sections[table->sh_link].sh_offset + symbol->st_name;
}

/* How many bytes of a symbol of this name dlmodule reads from the image, wherever that is. */
static rt_uint32_t bytes_read_of(const char *name)
{
    if (rt_strcmp(name, "dlmodule_thread_priority") == 0)
        return sizeof(rt_uint16_t);
    return rt_strcmp(name, "dlmodule_thread_stacksize") == 0 ? sizeof(rt_uint32_t) : 0;
}

/* Adds up in `heap_bytes` what dlmodule keeps of the exported functions' names. */
static const char *check_symbols(struct file *file, rt_uint32_t index, rt_uint32_t *heap_bytes)
{
    const struct rttm_shdr *table = &file->sections[index];
    rt_uint32_t             count, i;
    const struct rttm_sym  *symbols = symbols_of(file, table, &count);

    if (!is_symbol_table(file, index))
        return BAD_SYMBOL;
    for (i = 0; i < count; i++)
    {
        rt_uint32_t read;

        if (symbols[i].st_name >= file->sections[table->sh_link].sh_size)
            return BAD_SYMBOL;
        read = bytes_read_of(name_of(file, table, &symbols[i]));
        if (read != 0 && !in_image(file, symbols[i].st_value, read))
            return BAD_SYMBOL;
        if (ELF_ST_BIND(symbols[i].st_info) != STB_GLOBAL || ELF_ST_TYPE(symbols[i].st_info) != STT_FUNC)
            continue;
        *heap_bytes += rt_strlen(name_of(file, table, &symbols[i])) + sizeof(struct rt_module_symtab) + BLOCK_OVERHEAD;
        if (symbols[i].st_shndx != 0 && !in_image(file, symbols[i].st_value, 1))
            return BAD_SYMBOL;
    }
    return RT_NULL;
}

static const char *check_relocations(struct file *file, const struct rttm_shdr *section)
{
    const struct rttm_rel *relocations = (const struct rttm_rel *)(file->bytes + section->sh_offset);
    rt_uint32_t            symbol_count, i;

    if (section->sh_offset % sizeof(rt_ubase_t) != 0 || !is_symbol_table(file, section->sh_link))
        return BAD_RELOCATION;
    symbols_of(file, &file->sections[section->sh_link], &symbol_count);
    for (i = 0; i < section->sh_size / sizeof *relocations; i++)
    {
        if (RTTM_ELF_R_SYM(relocations[i].r_info) >= symbol_count)
            return BAD_RELOCATION;
        if (RTTM_ELF_R_TYPE(relocations[i].r_info) != RELOCATION_NONE &&
            !in_image(file, relocations[i].r_offset, sizeof(rt_ubase_t)))
            return BAD_RELOCATION;
    }
    return RT_NULL;
}

static rt_bool_t has_relocations(const struct file *file, rt_uint32_t table)
{
    rt_uint32_t i;

    for (i = 0; i < file->header->e_shnum; i++)
    {
        if (file->sections[i].sh_type == RTTM_ELF_RELOCATIONS && file->sections[i].sh_link == table)
            return RT_TRUE;
    }
    return RT_FALSE;
}

/* dlmodule goes by the name to find the exported symbols, and by relocations to find all others. */
static rt_bool_t has_symbols_to_read(const struct file *file, rt_uint32_t index)
{
    const struct rttm_shdr *section = &file->sections[index];
    const struct rttm_shdr *names = &file->sections[file->header->e_shstrndx];
    const char             *name = (const char *)file->bytes + names->sh_offset + section->sh_name;

    return section->sh_type == SHT_DYNSYM || has_relocations(file, index) || rt_strcmp(name, ELF_DYNSYM) == 0;
}

/* What dlmodule_load_relocated_object will allocate: writable and read-only sections, and each code section twice. */
static rt_uint32_t relocatable_bytes(const struct file *file)
{
    rt_uint32_t bytes = 0;
    rt_uint32_t i;

    for (i = 0; i < file->header->e_shnum; i++)
    {
        if (file->sections[i].sh_flags & SHF_ALLOC)
            bytes += 2 * (rt_uint32_t)file->sections[i].sh_size;
    }
    return bytes;
}

const char *rttm_verify(const rt_uint8_t *bytes, rt_uint32_t length, struct rttm_image *image)
{
    struct file file = {.bytes = bytes, .length = length};
    const char *wrong;
    rt_uint32_t i;

    image->symbol_bytes = 0;
    if ((wrong = open_header(&file)) != RT_NULL || (wrong = open_tables(&file)) != RT_NULL ||
        (wrong = check_segments(&file)) != RT_NULL || (wrong = check_sections(&file)) != RT_NULL)
        return wrong;

    for (i = 0; i < file.header->e_shnum; i++)
    {
        if (has_symbols_to_read(&file, i) && (wrong = check_symbols(&file, i, &image->symbol_bytes)) != RT_NULL)
            return wrong;
        if (file.sections[i].sh_type == RTTM_ELF_RELOCATIONS &&
            (wrong = check_relocations(&file, &file.sections[i])) != RT_NULL)
            return wrong;
    }
    image->bytes = file.header->e_type == ET_DYN ? (rt_uint32_t)file.image_bytes : relocatable_bytes(&file);
    image->has_entry = file.header->e_type == ET_REL || file.header->e_entry != 0;
    image->linked_at = file.header->e_type == ET_DYN ? (rt_uint32_t)file.image_start : 0; /* as dlmodule has it */
    return RT_NULL;
}

/* dlmodule resolves what a relocation refers to, and nothing else. */
static rt_bool_t is_relocated(const struct file *file, rt_uint32_t table, rt_uint32_t symbol)
{
    rt_uint32_t i, j;

    for (i = 0; i < file->header->e_shnum; i++)
    {
        const struct rttm_shdr *section = &file->sections[i];
        const struct rttm_rel  *relocations = (const struct rttm_rel *)(file->bytes + section->sh_offset);

        if (section->sh_type != RTTM_ELF_RELOCATIONS || section->sh_link != table)
            continue;
        for (j = 0; j < section->sh_size / sizeof *relocations; j++)
        {
            if (RTTM_ELF_R_SYM(relocations[j].r_info) == symbol)
                return RT_TRUE;
        }
    }
    return RT_FALSE;
}

static rt_bool_t is_import(const struct rttm_sym *symbol)
{
    return symbol->st_shndx == 0 && ELF_ST_BIND(symbol->st_info) != STB_LOCAL;
}

void rttm_find_missing_imports(const rt_uint8_t *bytes, void (*missing)(const char *name, void *context), void *context)
{
    struct file file = {.bytes = bytes, .header = (const struct rttm_ehdr *)bytes};
    rt_uint32_t i, j;

    file.sections = (const struct rttm_shdr *)(bytes + file.header->e_shoff);
    if (rt_memcmp(file.header->e_ident, RTMMAG, SELFMAG) == 0) /* linked to fixed addresses already */
        return;
    for (i = 0; i < file.header->e_shnum; i++)
    {
        const struct rttm_shdr *table = &file.sections[i];
        rt_uint32_t             count;
        const struct rttm_sym  *symbols = symbols_of(&file, table, &count);

        if (!has_relocations(&file, i))
            continue;
        for (j = 0; j < count; j++)
        {
            const char *name = name_of(&file, table, &symbols[j]);

            if (is_import(&symbols[j]) && dlmodule_symbol_find(name) == 0 && is_relocated(&file, i, j))
                missing(name, context);
        }
    }
}

#endif /* RT_USING_MODULE && !RTT_MOD_USING_LOADER */
