/* SPDX-License-Identifier: Apache-2.0 */
/* `atexit`, for `static` objects in C++ functions: what was registered last is called first, as a destructor. */
#include <stddef.h>

extern void *malloc(size_t bytes);
extern void  free(void *block);

struct registered
{
    struct registered *older;
    void (*call)(void *argument);
    void *argument;
};

static struct registered *newest;

/* What a C++ compiler gives as the last argument. */
void *__dso_handle;

int __cxa_atexit(void (*call)(void *argument), void *argument, void *handle)
{
    struct registered *registered = malloc(sizeof *registered);

    (void)handle;
    if (registered == NULL)
        return -1;
    registered->older = newest;
    registered->call = call;
    registered->argument = argument;
    newest = registered;
    return 0;
}

/* The order of arguments is that of the ABI for Arm. */
int __aeabi_atexit(void *argument, void (*call)(void *argument), void *handle)
{
    return __cxa_atexit(call, argument, handle);
}

static void call_without_argument(void *function)
{
    ((void (*)(void))function)();
}

int atexit(void (*function)(void))
{
    return __cxa_atexit(call_without_argument, (void *)function, NULL);
}

__attribute__((destructor)) static void call_all(void)
{
    while (newest != NULL)
    {
        struct registered *registered = newest;

        newest = registered->older;
        registered->call(registered->argument);
        free(registered);
    }
}
