/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Looks for pointers into an image in the kernel's objects and variables.
 *
 * The scheduler is never locked for longer than one object takes, and interrupts are not off at all, however large the
 * kernel is: it runs on meanwhile.
 *
 * The heap, memheaps and the stacks of threads and exceptions are not searched, because they hold words that are no longer
 * used. So a pointer in a block of the heap that is no kernel object is not found. Variables too keep pointers to blocks
 * that were freed, such as the directory that `ls` listed last. On a Cortex-M, where pointers to functions are odd, only odd
 * words count in variables. On other processors such a variable may quarantine an image for a while.
 *
 * `rt_system_heap_init` is linked with `-Wl,--wrap=rt_system_heap_init`: a board may have its heap among its variables,
 * and the kernel has no function for its bounds.
 */
#include <rtthread.h>

#ifdef RTT_MOD_USING_SCAN

#include <rtm.h>

#include "../contain/fault.h"
#include "../port/compat.h"
#include "../port/groups.h"
#include "reclaim.h"

/* The most characters of the name of an export that are printed. */
#define EXPORT_NAME_MAX 40

struct range
{
    const rt_ubase_t *start, *end;
};

/* The bounds that linker scripts of RT-Thread's BSPs define. Those that a script does not define are 0. */
#define BOUND(name) extern const rt_ubase_t name[] __attribute__((weak))
BOUND(_sdata); /* STM32, and the many that took after it */
BOUND(_edata);
BOUND(__data_start); /* Cortex-A */
BOUND(__data_end);
BOUND(__data_start__); /* CMSIS's own scripts, as the next but one pair */
BOUND(__data_end__);
BOUND(__bss_start); /* nearly all: boards have their heap behind it */
BOUND(__bss_end);

/*
 * GCC links the start-up code of newlib, unless it is told not to. That code wants this pair, so a script without it fails to
 * link as soon as we name the pair too. Where no script defines it, it is this empty range.
 */
static const rt_ubase_t no_variables[1];
#define BOUND_OR_NONE(name) extern const rt_ubase_t name[1] __attribute__((weak, alias("no_variables")))
BOUND_OR_NONE(__bss_start__);
BOUND_OR_NONE(__bss_end__);

static const struct range variables[] = {
    {_sdata, _edata},         {__data_start, __data_end},   {__data_start__, __data_end__},
    {__bss_start, __bss_end}, {__bss_start__, __bss_end__},
};

#define FIRST_OF_BSS 3
#define VARIABLES    (sizeof variables / sizeof variables[0])

/* The bits that are set in all pointers to functions. */
#ifdef __thumb__
#define FUNCTION_BITS 1u
#else
#define FUNCTION_BITS 0u
#endif

static struct range heap;

/* The linker replaces the board's call by the first, and calls the kernel's own function by the second name. */
void __wrap_rt_system_heap_init(void *begin, void *end);
void __real_rt_system_heap_init(void *begin, void *end);

void __wrap_rt_system_heap_init(void *begin, void *end)
{
    heap.start = (const rt_ubase_t *)RT_ALIGN((rt_ubase_t)begin, sizeof(rt_ubase_t));
    heap.end = (const rt_ubase_t *)RT_ALIGN_DOWN((rt_ubase_t)end, sizeof(rt_ubase_t));
    __real_rt_system_heap_init(begin, end);
}

#if defined(__ARM_ARCH_PROFILE) && __ARM_ARCH_PROFILE == 'A' && defined(__arm__)

/* The most bytes that are taken for a stack of an exception whose size is unknown. The ports of 5.x have two of 4 KB each. */
#define EXCEPTION_STACK_MAX 8192

/*
 * Whether a stack pointer of the processor for an exception is so little above `at` that this is a word of its stack. It
 * may be the last kernel variable before that stack instead, which then does not count.
 */
static rt_bool_t is_below_an_exception(const rt_ubase_t *at)
{
    rt_ubase_t pointers[3], mode;
    rt_size_t  i;

    /* In the modes of interrupts, aborts and undefined instructions, each of which has an lr of its own too. */
    __asm volatile("mrs %3, cpsr\n"
                   "cpsid if, #0x12\n mov %0, sp\n"
                   "cpsid if, #0x17\n mov %1, sp\n"
                   "cpsid if, #0x1B\n mov %2, sp\n"
                   "msr cpsr_c, %3"
                   : "=&r"(pointers[0]), "=&r"(pointers[1]), "=&r"(pointers[2]), "=&r"(mode)::"lr", "memory");
    for (i = 0; i < 3; i++)
    {
        if (pointers[i] - (rt_ubase_t)at - 1 < EXCEPTION_STACK_MAX)
            return RT_TRUE;
    }
    return RT_FALSE;
}

/* They lie among the variables. The ports of 4.x name their bounds, and those of 5.x do not. */
static rt_bool_t is_on_exceptions_stack(const rt_ubase_t *at)
{
    BOUND(stack_start);
    BOUND(stack_top);

    if (&stack_start[0] != &stack_top[0])
        return at >= stack_start && at < stack_top;
    return is_below_an_exception(at);
}

#elif defined(RTT_MOD_USING_FAULTS) && defined(RTTM_PORT_OF_VIRT64)

static rt_bool_t is_on_exceptions_stack(const rt_ubase_t *at)
{
    return (rt_ubase_t)at - (rt_ubase_t)rttm_fault_interrupt_stack < RTT_MOD_INTERRUPT_STACK_SIZE;
}

#else

/* They lie in a section of their own. */
static rt_bool_t is_on_exceptions_stack(const rt_ubase_t *at)
{
    (void)at;
    return RT_FALSE;
}

#endif

static rt_bool_t is_on_a_stack(const rt_ubase_t *at)
{
    struct rt_object_information *threads = rt_object_get_information(RT_Object_Class_Thread);
    rt_bool_t                     is_there = is_on_exceptions_stack(at);
    rt_list_t                    *node;

    rt_enter_critical();
    rt_list_for_each(node, &threads->object_list)
    {
        rt_thread_t thread = (rt_thread_t)rt_list_entry(node, struct rt_object, list);

        is_there = is_there || (rt_ubase_t)at - (rt_ubase_t)thread->stack_addr < thread->stack_size;
    }
    rt_exit_critical();
    return is_there;
}

/* A memheap may be among the variables, as the heap may. Images are in it, and what was freed. */
static rt_bool_t is_in_a_memheap(const rt_ubase_t *at)
{
    rt_bool_t is_there = RT_FALSE;
#ifdef RT_USING_MEMHEAP
    struct rt_object_information *heaps = rt_object_get_information(RT_Object_Class_MemHeap);
    rt_list_t                    *node;

    rt_enter_critical();
    rt_list_for_each(node, &heaps->object_list)
    {
        const struct rt_memheap *memheap = (struct rt_memheap *)rt_list_entry(node, struct rt_object, list);

        is_there = is_there || (rt_ubase_t)at - (rt_ubase_t)memheap->start_addr < memheap->pool_size;
    }
    rt_exit_critical();
#else
    (void)at;
#endif
    return is_there;
}

/*
 * Whether the port's code for switching threads keeps there which thread it left or entered last in an interrupt. That one may
 * have been freed since. On a Cortex-M the word is even, as a thread is, and does not count.
 */
static rt_bool_t is_thread_of_a_switch(const rt_ubase_t *at)
{
#ifdef __thumb__
    (void)at;
    return RT_FALSE;
#else
    BOUND(rt_interrupt_from_thread);
    BOUND(rt_interrupt_to_thread);

    return at == rt_interrupt_from_thread || at == rt_interrupt_to_thread;
#endif
}

/*
 * Whether this word is the end of a text and the begin of another: "…ab\0 " is 0x20006261. Of the text, what was printed
 * after it may have written over all but its last characters.
 */
static rt_bool_t is_end_of_text(const rt_ubase_t *at)
{
    const char *text = (const char *)at - 2;
    rt_size_t   length = 0;

    while (text[length] >= ' ' && text[length] <= '~')
        length++;
    return length > 3;
}

/* Looks for a word that has all of `bits`. */
static rt_bool_t find_between(const rt_ubase_t *start, const rt_ubase_t *end, rt_ubase_t bits,
                              const struct range *image, struct rttm_pointer *found)
{
    rt_ubase_t        first = (rt_ubase_t)image->start;
    rt_size_t         bytes = (rt_ubase_t)image->end - first;
    const rt_ubase_t *at;

    for (at = start; at < end; at++)
    {
        if (at == heap.start)
        {
            at = heap.end - 1;
            continue;
        }
        if (*at - first < bytes && (*at & bits) == bits && !is_on_a_stack(at) && !is_in_a_memheap(at) &&
            !is_thread_of_a_switch(at) && (at == start || !is_end_of_text(at)))
        {
            found->at = at;
            found->start = start;
            return RT_TRUE;
        }
    }
    return RT_FALSE;
}

/* What the kernel exports: the table is from the linker script. */
extern const struct rt_module_symtab __rtmsymtab_start[], __rtmsymtab_end[];

/* Names the pointer after the last export before it, if there is one in its section. */
static void name_after_export(struct rttm_pointer *found)
{
    const struct rt_module_symtab *symbol;

    for (symbol = __rtmsymtab_start; symbol < __rtmsymtab_end; symbol++)
    {
        if ((const void *)symbol->addr >= found->start && (const void *)symbol->addr <= (const void *)found->at)
        {
            found->name = symbol->name;
            found->start = symbol->addr;
        }
    }
}

static rt_bool_t find_in_variables(const struct range *image, struct rttm_pointer *found)
{
    rt_size_t i;

    found->name_max = EXPORT_NAME_MAX;
    for (i = 0; i < VARIABLES; i++)
    {
        found->name = i < FIRST_OF_BSS ? "data" : "bss";
        if (find_between(variables[i].start, variables[i].end, FUNCTION_BITS, image, found))
        {
            name_after_export(found);
            return RT_TRUE;
        }
    }
    return RT_FALSE;
}

/* A thread that has ended is about to be freed, and objects of modules have pointers to their own images. */
static rt_bool_t is_followed(rt_size_t class, struct rt_object *object)
{
    return class != RT_Object_Class_Module &&
           (class != RT_Object_Class_Thread || !rttm_thread_is_closed((rt_thread_t)object));
}

/* The objects of a class, and where the search in them is. */
struct object_search
{
    struct rt_object_information *information;
    rt_size_t class;
    rt_size_t objects; /* at the last look */
    rt_size_t position;
};

/*
 * The next object, or RT_NULL. New ones come first in the list, so that those behind keep their order, and one that was gone
 * over is met once more. When objects have gone, the search begins anew. In a critical section.
 */
static struct rt_object *next_object(struct object_search *search)
{
    struct rt_object *next = RT_NULL;
    rt_size_t         objects = 0;
    rt_list_t        *node;

    rt_list_for_each(node, &search->information->object_list)
    {
        if (objects++ == search->position)
            next = rt_list_entry(node, struct rt_object, list);
    }
    if (objects >= search->objects)
    {
        search->position++;
        search->objects = objects;
        return next;
    }
    search->objects = objects;
    search->position = 0;
    return next_object(search);
}

/* RT_TRUE when there is nothing more to search. */
static rt_bool_t search_an_object(struct object_search *search, const struct range *image, struct rttm_pointer *found)
{
    struct rt_object *object = next_object(search);
    const rt_ubase_t *start = (const rt_ubase_t *)object;

    if (object == RT_NULL)
        return RT_TRUE;
    found->name = object->name;
    found->name_max = RT_NAME_MAX;
    return is_followed(search->class, object) &&
           find_between(start, start + search->information->object_size / sizeof *start, 0, image, found);
}

static rt_bool_t find_in_objects(rt_size_t class, const struct range *image, struct rttm_pointer *found)
{
    struct object_search search = {rt_object_get_information((enum rt_object_class_type) class), class, 0, 0};
    rt_bool_t            is_over = search.information == RT_NULL;

    found->at = RT_NULL;
    while (!is_over)
    {
        rt_enter_critical();
        is_over = search_an_object(&search, image, found);
        rt_exit_critical();
    }
    return found->at != RT_NULL;
}

rt_bool_t rttm_scan_for_pointer(const void *image, rt_size_t bytes, struct rttm_pointer *found)
{
    struct range range = {image, (const rt_ubase_t *)((rt_ubase_t)image + bytes)};
    rt_bool_t    is_found = RT_FALSE;
    rt_size_t class;

    for (class = RT_Object_Class_Thread; class < RT_Object_Class_Unknown && !is_found; class ++)
        is_found = find_in_objects(class, &range, found);
    return is_found || find_in_variables(&range, found);
}

#endif /* RTT_MOD_USING_SCAN */
