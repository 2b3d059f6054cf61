/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * A simulated generator of random numbers. It is an xorshift with a fixed seed, so that tests know what comes.
 */
#include <rtthread.h>
#include <rtdevice.h>

static struct rt_hwcrypto_device generator;

static rt_uint32_t update(struct hwcrypto_rng *context)
{
    static rt_uint32_t state = 2463534242u;

    (void)context;
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state;
}

static rt_err_t create(struct rt_hwcrypto_ctx *context)
{
    static const struct hwcrypto_rng_ops operations = {.update = update};

    if ((context->type & HWCRYPTO_MAIN_TYPE_MASK) != HWCRYPTO_TYPE_RNG)
        return -RT_ENOSYS;
    ((struct hwcrypto_rng *)context)->ops = &operations;
    return RT_EOK;
}

static void destroy(struct rt_hwcrypto_ctx *context)
{
    (void)context;
}

static rt_err_t copy(struct rt_hwcrypto_ctx *to, const struct rt_hwcrypto_ctx *from)
{
    (void)to;
    (void)from;
    return RT_EOK;
}

static const struct rt_hwcrypto_ops operations = {
    .create = create,
    .destroy = destroy,
    .copy = copy,
    .reset = destroy,
};

static int register_generator(void)
{
    generator.ops = &operations;
    rt_hwcrypto_register(&generator, RT_HWCRYPTO_DEFAULT_NAME);
    return (int)rt_hwcrypto_rng_default(&generator);
}
INIT_DEVICE_EXPORT(register_generator);
