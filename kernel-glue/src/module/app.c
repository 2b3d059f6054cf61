/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a module tells lies in its image. Where that is, no field of struct rt_dlmodule has room for: a resource of the
 * module's knows it, which is made only for those that have something to tell.
 */
#include "app.h"

#if defined(RTT_MOD_USING_RESIDENT) || defined(RTT_MOD_USING_COMMAND)

#include <rtthread.h>

#include "resource.h"

struct told
{
    struct rttm_resource   resource;
    const struct rttm_app *app;
};

static void release(struct rttm_resource *resource, enum rttm_reason reason)
{
    (void)reason;
    rttm_resource_free(resource);
}

static const struct rttm_class class = {release};

rt_bool_t rttm_app_remember(struct rt_dlmodule *module, const struct rttm_app *app)
{
    struct told *told;

    if (app->size < sizeof *app || (app->description_length == 0 && app->init == RT_NULL))
        return RT_TRUE;
    told = rttm_resource_new(&class, sizeof *told);
    if (told == RT_NULL)
        return RT_FALSE;
    told->resource.owner = module; /* who loads it, runs here */
    told->app = app;
    rttm_resource_enroll(&told->resource);
    return RT_TRUE;
}

static rt_bool_t is_of(const struct rttm_resource *resource, const void *module)
{
    return resource->owner == module;
}

/* RT_NULL for a module that has nothing to tell. */
static const struct rttm_app *app_of(const struct rt_dlmodule *module)
{
    struct rttm_resource *told = rttm_resource_find(&class, is_of, module);

    return told != RT_NULL ? ((struct told *)told)->app : RT_NULL;
}

int32_t (*rttm_app_init(const struct rt_dlmodule *module))(void)
{
    const struct rttm_app *app = app_of(module);

    return app != RT_NULL ? app->init : RT_NULL;
}

rt_bool_t rttm_is_resident(const struct rt_dlmodule *module)
{
    return rttm_app_init(module) != RT_NULL;
}

void rttm_app_description(const struct rt_dlmodule *module, char *text, rt_size_t capacity)
{
    const struct rttm_app *app = app_of(module);
    rt_size_t              length = app != RT_NULL ? app->description_length : 0;

    if (length > capacity - 1)
    {
        length = capacity - 1;
        while (length > 0 && (app->description[length] & 0xC0) == 0x80) /* not through a character */
            length--;
    }
    if (length > 0)
        rt_memcpy(text, app->description, length);
    text[length] = '\0';
}

#endif
