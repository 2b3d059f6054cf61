/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files, folders and sockets that modules in C open: each is a resource, by which it is closed at the end. Their reads and
 * writes do not fault in the kernel.
 */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_C_MODULES

#include <stdarg.h>

#include <rtthread.h>
#ifdef SAL_USING_POSIX
#include <sys/socket.h>
#endif

#include "../contain/cancel.h"
#include "../module/resource.h"
#include "../module/stand_in.h"
#include "../module/upcall.h"
#include "../port/compat.h"
#include "rtt_mod.h"

struct opened
{
    struct rttm_resource resource;
    rt_ubase_t           what; /* a descriptor, or a pointer */
};

static int close_file(rt_ubase_t descriptor)
{
    return close((int)descriptor);
}

static int close_folder(rt_ubase_t folder)
{
    return closedir((DIR *)folder);
}

/* What there is to open. */
struct opened_class
{
    struct rttm_class resource;
    int (*close)(rt_ubase_t what);
};

static void opened_release(struct rttm_resource *resource, enum rttm_release_cause cause)
{
    const struct opened_class *class = (const struct opened_class *)resource->class;
    struct rttm_cancel_scope scope;

    (void)cause;
    rttm_cancel_disable(&scope);
    class->close(((struct opened *)resource)->what);
    rttm_cancel_enable(&scope);
    rttm_resource_free(resource);
}

static const struct opened_class files = {{.release = opened_release}, close_file};
static const struct opened_class folders = {{.release = opened_release}, close_folder};

/*
 * The calling module has opened `what`. RT_FALSE without memory for that: then it is closed. The caller has disabled its
 * cancellation, or `what` would stay open if it were stopped before.
 */
static rt_bool_t opened_add(const struct opened_class *class, rt_ubase_t what)
{
    struct opened *opened = rttm_resource_new(&class->resource, sizeof *opened);

    if (opened == RT_NULL)
    {
        class->close(what);
        return RT_FALSE;
    }
    opened->what = what;
    rttm_resource_enroll(&opened->resource);
    return RT_TRUE;
}

/* The same for a descriptor, or an error, which it returns. */
static int opened_add_file(int descriptor)
{
    return descriptor >= 0 && !opened_add(&files, (rt_ubase_t)descriptor) ? -1 : descriptor;
}

static rt_bool_t is_opened(const struct rttm_resource *resource, const void *what)
{
    return ((const struct opened *)resource)->what == (rt_ubase_t)what;
}

/* Closes `what`, whether the calling module has opened it or not, and returns what the kernel does. */
static int opened_close(const struct opened_class *class, rt_ubase_t what)
{
    struct rttm_cancel_scope scope;
    struct rttm_resource    *resource;
    int                      result;

    rttm_cancel_disable(&scope);
    rt_enter_critical();
    resource = rttm_resource_find_of(rttm_current_module(), &class->resource, is_opened, (const void *)what);
    if (resource != RT_NULL)
        rttm_resource_withdraw(resource);
    rt_exit_critical();
    result = class->close(what);
    if (resource != RT_NULL)
        rttm_resource_free(resource);
    rttm_cancel_enable(&scope);
    return result;
}

/*
 * Looks at memory that C code gives to the kernel. If its pointer is wrong, the fault is here, where the thread has no lock of
 * the kernel's, and not in the file system.
 */
static void look_at(const volatile char *place)
{
    (void)*place;
}

static void look_at_all(const char *bytes, rt_size_t length)
{
    if (length == 0)
        return;
    look_at(bytes);
    look_at(bytes + length - 1);
}

/*
 * Whether the kernel's FAT, which can't have everything open twice, may open `path`; otherwise it is an error. The caller has
 * locked opens.
 */
static rt_bool_t may_open(const char *path)
{
    char     *absolute = path != RT_NULL ? dfs_normalize_path(RT_NULL, path) : RT_NULL;
    rt_bool_t may = absolute == RT_NULL || rttm_may_open(absolute); /* what is no path, the kernel refuses */

    rt_free(absolute);
    if (!may)
        rt_set_errno(-EBUSY);
    return may;
}

static int open_file(const char *path, int flags, int mode)
{
    int descriptor = -1;

    if (!RTTM_OPENS_ONCE)
        return open(path, flags, mode);
    rttm_lock_opens();
    if (may_open(path))
        descriptor = open(path, flags, mode);
    rttm_unlock_opens();
    return descriptor;
}

static DIR *open_folder(const char *path)
{
    DIR *folder = RT_NULL;

    if (!RTTM_OPENS_ONCE)
        return opendir(path);
    rttm_lock_opens();
    if (may_open(path))
        folder = opendir(path);
    rttm_unlock_opens();
    return folder;
}

/* ---- files ------------------------------------------------------------------------------------------------------- */

static int own_open(const char *path, int flags, ...)
{
    struct rttm_cancel_scope scope;
    va_list                  rest;
    int                      mode = 0;
    int                      descriptor;

    if (flags & O_CREAT)
    {
        va_start(rest, flags);
        mode = va_arg(rest, int);
        va_end(rest);
    }
    look_at(path);
    rttm_cancel_disable(&scope);
    descriptor = opened_add_file(open_file(path, flags, mode));
    rttm_cancel_enable(&scope);
    return descriptor;
}

static int own_close(int descriptor)
{
    return opened_close(&files, (rt_ubase_t)descriptor);
}

typedef __typeof__(read(0, RT_NULL, 0)) transferred_t; /* differs by the kernel's version */

static transferred_t own_read(int descriptor, void *bytes, size_t length)
{
    look_at_all(bytes, length);
    return read(descriptor, bytes, length);
}

static transferred_t own_write(int descriptor, const void *bytes, size_t length)
{
    look_at_all(bytes, length);
    return write(descriptor, bytes, length);
}

static DIR *own_opendir(const char *path)
{
    struct rttm_cancel_scope scope;
    DIR                     *stream;

    look_at(path);
    rttm_cancel_disable(&scope);
    stream = open_folder(path);
    if (stream != RT_NULL && !opened_add(&folders, (rt_ubase_t)stream))
        stream = RT_NULL;
    rttm_cancel_enable(&scope);
    return stream;
}

static int own_closedir(DIR *stream)
{
    return opened_close(&folders, (rt_ubase_t)stream);
}

/* ---- sockets ----------------------------------------------------------------------------------------------------- */

#ifdef SAL_USING_POSIX

static int own_socket(int domain, int type, int protocol)
{
    struct rttm_cancel_scope scope;
    int                      descriptor;

    rttm_cancel_disable(&scope);
    descriptor = opened_add_file(socket(domain, type, protocol));
    rttm_cancel_enable(&scope);
    return descriptor;
}

/* Not without cancellation: it may wait for ever. */
static int own_accept(int listener, struct sockaddr *address, socklen_t *length)
{
    return opened_add_file(accept(listener, address, length));
}

#endif

static const struct rttm_stand_in functions[] = {
    RTTM_STAND_IN(open, own_open),         RTTM_STAND_IN(close, own_close),   RTTM_STAND_IN(opendir, own_opendir),
    RTTM_STAND_IN(closedir, own_closedir), RTTM_STAND_IN(read, own_read),     RTTM_STAND_IN(write, own_write),
#ifdef SAL_USING_POSIX
    RTTM_STAND_IN(socket, own_socket),     RTTM_STAND_IN(accept, own_accept), RTTM_STAND_IN(closesocket, own_close),
#endif
};

static struct rttm_stand_ins stand_ins = {RT_NULL, functions, sizeof functions / sizeof *functions};

static int own_files(void)
{
    rttm_stand_ins_add(&stand_ins);
    return 0;
}
INIT_COMPONENT_EXPORT(own_files);

#endif /* RTT_MOD_USING_C_MODULES */
