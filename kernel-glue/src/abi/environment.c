/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Environment variables: those that the shell and the firmware have set for modules, then those of the C library, if there
 * is one with an environment.
 */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_ENVIRONMENT

#include <string.h>

#include <rtthread.h>
#include <rtm.h>

#include "rtt_mod.h"
#include "rttm_environment.h"

struct variable
{
    struct variable *next;
    char             text[]; /* NAME=VALUE */
};

/* Changed and read in critical sections. */
static struct variable *variables;

/* The C library's: there if something in the firmware calls `setenv`, as RT-Thread does with newlib. */
extern char **environ __attribute__((weak));

/* ---- the list --------------------------------------------------------------------------------------------------- */

static rt_bool_t is_called(const char *text, const char *name, rt_size_t length)
{
    return strncmp(text, name, length) == 0 && text[length] == '=';
}

/* The link of the list to the variable, or the one at its end. In a critical section. */
static struct variable **find_link(const char *name, rt_size_t length)
{
    struct variable **at = &variables;

    while (*at != RT_NULL && !is_called((*at)->text, name, length))
        at = &(*at)->next;
    return at;
}

/* Whether a variable of the list has the name of `text`, which is one of the C library's. */
static rt_bool_t is_hidden(const char *text)
{
    return *find_link(text, strcspn(text, "=")) != RT_NULL;
}

/* The C library's texts, with RT_NULL at their end, or RT_NULL. */
static char **texts_of_c_library(void)
{
    return &environ != RT_NULL ? environ : RT_NULL;
}

static const char *of_c_library(uint32_t position)
{
    char **texts = texts_of_c_library();

    for (; texts != RT_NULL && *texts != RT_NULL; texts++)
    {
        if (!is_hidden(*texts) && position-- == 0)
            return *texts;
    }
    return RT_NULL;
}

/* The variable at `position`, or RT_NULL after the last one. In a critical section. */
static const char *text_at(uint32_t position)
{
    const struct variable *at = variables;

    for (; at != RT_NULL; at = at->next)
    {
        if (position-- == 0)
            return at->text;
    }
    return of_c_library(position);
}

/* In a critical section. */
static const char *find_value(const char *name, rt_size_t length)
{
    const struct variable *found = *find_link(name, length);
    char                 **texts = texts_of_c_library();

    if (found != RT_NULL)
        return found->text + length + 1;
    for (; texts != RT_NULL && *texts != RT_NULL; texts++)
    {
        if (is_called(*texts, name, length))
            return *texts + length + 1;
    }
    return RT_NULL;
}

/* ---- what modules do -------------------------------------------------------------------------------------------- */

static int32_t copy_text(const char *text, char *place, uint32_t size)
{
    rt_size_t length;

    if (text == RT_NULL)
        return RTTM_ERROR_NOT_FOUND;
    length = strlen(text);
    rt_memcpy(place, text, length < size ? length : size);
    return (int32_t)length;
}

int32_t rttm_environment_get(const char *name, uint32_t name_length, char *value, uint32_t size)
{
    int32_t result;

    rt_enter_critical();
    result = copy_text(find_value(name, name_length), value, size);
    rt_exit_critical();
    return result;
}
RTM_EXPORT(rttm_environment_get)

int32_t rttm_environment_entry(uint32_t position, char *text, uint32_t size)
{
    int32_t result;

    rt_enter_critical();
    result = copy_text(text_at(position), text, size);
    rt_exit_critical();
    return result;
}
RTM_EXPORT(rttm_environment_entry)

/* ---- what the shell and the firmware do ------------------------------------------------------------------------- */

/* Takes the variable out of the list. In a critical section. */
static struct variable *take(const char *name, rt_size_t length)
{
    struct variable **at = find_link(name, length);
    struct variable  *found = *at;

    if (found != RT_NULL)
        *at = found->next;
    return found;
}

int rttm_environment_set(const char *name, const char *value)
{
    rt_size_t        length = strlen(name);
    struct variable *made = RT_NULL;
    struct variable *old;

    if (length == 0 || strchr(name, '=') != RT_NULL)
        return -1;
    if (value != RT_NULL && *value != '\0')
    {
        made = rt_malloc(sizeof *made + length + 1 + strlen(value) + 1);
        if (made == RT_NULL)
            return -1;
        rt_memcpy(made->text, name, length);
        made->text[length] = '=';
        strcpy(made->text + length + 1, value);
    }
    rt_enter_critical();
    old = take(name, length);
    if (made != RT_NULL)
    {
        made->next = variables;
        variables = made;
    }
    rt_exit_critical();
    rt_free(old);
    return 0;
}

#endif /* RTT_MOD_USING_ENVIRONMENT */
