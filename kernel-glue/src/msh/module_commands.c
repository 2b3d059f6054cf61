/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Commands of MSH that modules register.
 *
 * MSH only knows the commands in a table of the firmware. `-Wl,--wrap=…` replaces its `msh_exec` and
 * `msh_auto_complete`, so that it finds the commands of modules as well. Like the built-in commands, they come before
 * programs in files.
 */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_SHELL

#include <string.h>

#include <rtthread.h>
#include <finsh.h>
#include <msh.h>
#include <rtm.h>

#include "../module/arguments.h"
#include "../module/call.h"
#include "../module/refuse.h"
#include "../module/resource.h"
#include "../module/utf8.h"
#include "../port/compat.h"
#include "completion.h"
#include "subcommands.h"
#include "rtt_mod.h"

/* The bytes of a name with its NUL. */
#define NAME_BYTES 32

/* The result of a command that was not called or did not return. */
#define FAILED (-1)

struct rttm_command
{
    struct rttm_resource resource;
    int32_t (*run)(void *context, int32_t argc, char **argv);
    void (*release)(void *context);
    void *context;
    char  name[NAME_BYTES];
    char  description[]; /* with a NUL */
};

/*
 * With --wrap, the linker turns calls of MSH's functions into the first names, and calls the originals by the second.
 */
int  __wrap_msh_exec(char *line, rt_size_t length);
int  __real_msh_exec(char *line, rt_size_t length);
void __wrap_msh_auto_complete(char *prefix);
void __real_msh_auto_complete(char *prefix);

static void command_release(struct rttm_resource *resource, enum rttm_release_cause cause)
{
    struct rttm_command *command = (struct rttm_command *)resource;

    if (cause != RTTM_RELEASE_OWNER_ENDS)
        rttm_resource_drop(resource, command->release, command->context);
    rttm_resource_free(resource);
}

static const struct rttm_class command_class = {
    .release = command_release,
    .is_left_to_users = RT_TRUE,
    .functions_at = {RTTM_FUNCTION_AT(struct rttm_command, run)},
};

/* ---- the commands of all modules ------------------------------------------------------------------------------- */

/* The first word of a line. */
struct word
{
    const char *text;
    rt_size_t   length;
};

static struct word first_word(const char *line)
{
    struct word word;

    word.text = line + strspn(line, " \t");
    word.length = strcspn(word.text, " \t");
    return word;
}

static rt_bool_t is_word(const struct word *word, const char *name)
{
    return strncmp(name, word->text, word->length) == 0 && name[word->length] == '\0';
}

/* Whether neither the command was closed nor its module is ending. */
static rt_bool_t command_is_callable(const struct rttm_command *command)
{
    return command->resource.handles != 0 && !rttm_is_over(command->resource.owner);
}

static rt_bool_t command_has_name(const struct rttm_resource *resource, const void *word)
{
    const struct rttm_command *command = (const struct rttm_command *)resource;

    return command_is_callable(command) && is_word(word, command->name);
}

/* A search for the command at `position` among those with a prefix. The newest has position 0. */
struct search
{
    const char *prefix;
    int         position;
};

static rt_bool_t command_has_prefix(const struct rttm_resource *resource, const void *context)
{
    const struct rttm_command *command = (const struct rttm_command *)resource;
    struct search             *search = *(struct search *const *)context;

    return command_is_callable(command) && strncmp(command->name, search->prefix, strlen(search->prefix)) == 0 &&
           search->position-- == 0;
}

/* A command that is pinned for the caller, or RT_NULL. */
static struct rttm_command *command_get(rt_bool_t (*look)(const struct rttm_resource *resource, const void *context),
                                        const void *context)
{
    struct rttm_command *command;

    rt_enter_critical();
    command = (struct rttm_command *)rttm_resource_find(&command_class, look, context);
    if (command != RT_NULL)
        rttm_pin(&command->resource);
    rt_exit_critical();
    return command;
}

static struct rttm_command *command_get_with_prefix(const char *prefix, int position)
{
    struct search  search = {prefix, position};
    struct search *context = &search;

    return command_get(command_has_prefix, &context);
}

/* ---- the kernel's own commands --------------------------------------------------------------------------------- */

/* Up to 4.x, the table also has functions of the older C shell, and the names of commands have a prefix. */
static const char *builtin_name(const struct finsh_syscall *builtin)
{
    static const char prefix[] = "__cmd_";

    return builtin->name + (strncmp(builtin->name, prefix, sizeof prefix - 1) == 0 ? sizeof prefix - 1 : 0);
}

static rt_bool_t is_builtin(const struct word *word)
{
    struct finsh_syscall *builtin;

    for (builtin = _syscall_table_begin; builtin < _syscall_table_end; FINSH_NEXT_SYSCALL(builtin))
    {
        if (is_word(word, builtin_name(builtin)))
            return RT_TRUE;
    }
    return RT_FALSE;
}

/* ---- registration ---------------------------------------------------------------------------------------------- */

static rt_bool_t is_command_name(const char *name, rt_size_t length)
{
    rt_size_t i;

    for (i = 0; i < length; i++)
    {
        if ((rt_uint8_t)name[i] <= ' ' || name[i] == 0x7F)
            return RT_FALSE;
    }
    return length > 0 && length < NAME_BYTES;
}

/* Checks and adds in one critical section, because two modules may register the same name at once. */
static int32_t command_add_if_new(struct rttm_command *command)
{
    struct word word = {command->name, strlen(command->name)};
    rt_bool_t   is_taken = is_builtin(&word);

    rt_enter_critical();
    is_taken = is_taken || rttm_resource_find(&command_class, command_has_name, &word) != RT_NULL;
    if (!is_taken)
        rttm_resource_enroll(&command->resource);
    rt_exit_critical();
    return is_taken ? RTTM_ERROR_EXISTS : RTTM_OK;
}

int32_t rttm_command_register(const struct rttm_command_options *options, struct rttm_command **command)
{
    struct rttm_command *made;
    int32_t              result;

    if (!is_command_name(options->name, options->name_length))
        return RTTM_ERROR_NAME;
    made = rttm_resource_new(&command_class, sizeof *made + options->description_length + 1);
    if (made == RT_NULL)
        return RTTM_ERROR_OUT_OF_MEMORY;
    if (made->resource.owner == RT_NULL) /* it would have no thread to run on */
    {
        rttm_resource_free(&made->resource);
        return RTTM_ERROR_PERMISSION;
    }
    made->run = options->run;
    made->release = options->release;
    made->context = options->context;
    rt_memcpy(made->name, options->name, options->name_length);
    rt_memcpy(made->description, options->description, options->description_length);
    result = command_add_if_new(made);
    if (result == RTTM_OK)
        *command = made;
    else
        rttm_resource_free(&made->resource);
    return result;
}
RTM_EXPORT(rttm_command_register)

/* ---- in the shell ---------------------------------------------------------------------------------------------- */

/* A line that was typed. */
struct typed_line
{
    struct rttm_call call;
    char             text[];
};

/* In the thread of the call. */
static rt_int32_t command_call(struct rttm_call *call)
{
    const struct rttm_command *command = (const struct rttm_command *)call->thread->resource;
    char                      *argv[RTT_MOD_ARGUMENTS_MAX + 1] = {RT_NULL};
    int argc = rttm_split_arguments(((struct typed_line *)call)->text, argv, RTT_MOD_ARGUMENTS_MAX);
    int i;

    for (i = 0; i < argc; i++)
    {
        if (!rttm_is_utf8(argv[i]))
        {
            rt_kprintf("%s: argument %d is not UTF-8\n", command->name, i);
            return FAILED;
        }
    }
    return command->run(command->context, argc, argv);
}

/* `command` is pinned, and unpinned here or with the thread. */
static int command_run(struct rttm_command *command, const char *text)
{
    struct rttm_module *module = command->resource.owner;
    rt_size_t           bytes = strlen(text) + 1;
    char                name[RT_NAME_MAX] = {0};
    struct typed_line  *line;
    rt_int32_t          result;

    rt_strncpy(name, command->name, sizeof name - 1);
    line = rttm_call_new(module, name, command_call, &command->resource, (rt_uint32_t)(sizeof *line + bytes));
    if (line == RT_NULL)
    {
        rttm_refuse_thread(command->name, module->stack_bytes);
        rttm_unpin(&command->resource);
        return FAILED;
    }
    rt_memcpy(line->text, text, bytes);
    return rttm_call(&line->call, rttm_await_at_console, &result) == RTTM_CALL_RETURNED ? (int)result : FAILED;
}

/* After the kernel's own commands, and in the same form. */
static void print_module_commands(void)
{
    struct rttm_command *command;
    int                  position;

    for (position = 0; (command = command_get_with_prefix("", position)) != RT_NULL; position++)
    {
        if (position == 0)
            rt_kprintf("Commands of modules:\n");
        rt_kprintf("%-16s - ", command->name);
        rt_kputs(command->description);
        rt_kprintf("\n");
        rttm_unpin(&command->resource);
    }
}

int __wrap_msh_exec(char *line, rt_size_t length)
{
    struct word          word = first_word(line);
    struct rttm_command *command = word.length > 0 ? command_get(command_has_name, &word) : RT_NULL;
    rt_bool_t            is_help = is_word(&word, "help");
    int                  result;

    if (command == RT_NULL)
    {
#ifdef RTT_MOD_USING_COMMAND
        if (is_word(&word, "mod"))
            return rttm_mod(line);
#endif
        result = __real_msh_exec(line, length);
        if (is_help)
            print_module_commands();
        return result;
    }
    return command_run(command, line);
}

#ifdef RTT_MOD_USING_COMPLETION

static rt_bool_t is_prefix_of_builtin(const char *prefix)
{
    struct finsh_syscall *builtin;

    for (builtin = _syscall_table_begin; builtin < _syscall_table_end; FINSH_NEXT_SYSCALL(builtin))
    {
        if (strncmp(builtin_name(builtin), prefix, strlen(prefix)) == 0)
            return RT_TRUE;
    }
    return RT_FALSE;
}

static void complete_module_command(struct rttm_completion *completion)
{
    struct rttm_command *command;
    int                  position;

    for (position = 0; (command = command_get_with_prefix(completion->typed, position)) != RT_NULL; position++)
    {
        rttm_complete(completion, command->name);
        rttm_unpin(&command->resource);
    }
}

/* `prefix` is the line that was typed, and becomes the longest common prefix of the candidates. */
void __wrap_msh_auto_complete(char *prefix)
{
    char                   typed[NAME_BYTES] = {0};
    char                   common[NAME_BYTES] = {0};
    struct rttm_completion completion = {typed, common, sizeof common, RT_FALSE, 0};

#ifdef RTT_MOD_USING_COMMAND_COMPLETION
    if (rttm_complete_mod(prefix))
        return;
#endif
    if (strlen(prefix) >= NAME_BYTES)
    {
        __real_msh_auto_complete(prefix);
        return;
    }
    rt_memcpy(typed, prefix, strlen(prefix));
    __real_msh_auto_complete(prefix);
    if (typed[0] == '\0')
    {
        print_module_commands();
        return;
    }
    if (strcmp(prefix, typed) != 0 || is_prefix_of_builtin(typed)) /* the kernel has candidates too */
    {
        rt_strncpy(common, prefix, NAME_BYTES - 1);
        completion.has_common = RT_TRUE;
    }
    complete_module_command(&completion);
    if (completion.candidates > 0)
        rt_memcpy(prefix, common, strlen(common) + 1);
}

#endif /* RTT_MOD_USING_COMPLETION */
#endif /* RTT_MOD_USING_SHELL */
