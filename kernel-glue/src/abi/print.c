/* SPDX-License-Identifier: Apache-2.0 */
/* Formats the templates of `rttm_print` as Rust's `format!` does. */
#include "print.h"

/* The bytes after RTTM_SPEC: flags, fill, width, precision. */
#define SPEC_BYTES 4u

/* The digits of a 64-bit number in binary. */
#define DIGITS_MAX 64u

/* The specification of an argument. */
struct spec
{
    uint8_t flags;
    char    fill;
    uint8_t width;
    uint8_t precision;
};

static const struct spec PLAIN = {0, ' ', 0, RTTM_NO_PRECISION};

/* The base of the digits and the letter of the prefix for each RTTM_RADIX_*. */
static const struct
{
    uint8_t base;
    char    letter;
} radices[] = {{10, '\0'}, {16, 'x'}, {16, 'x'}, {8, 'o'}, {2, 'b'}};

static void write_argument(struct rttm_sink *sink, const struct rttm_arg *arg, const struct spec *spec);

void rttm_sink_write(struct rttm_sink *sink, const char *text, uint32_t length)
{
    if (length != 0)
        sink->write(sink, text, length);
}

void rttm_format(struct rttm_sink *sink, const uint8_t *template_text, uint32_t length, const struct rttm_arg *args)
{
    const uint8_t *at = template_text;
    const uint8_t *end = template_text + length;

    while (at < end)
    {
        const uint8_t *literal = at;

        while (at < end && *at < RTTM_PLAIN)
            at++;
        rttm_sink_write(sink, (const char *)literal, (uint32_t)(at - literal));

        if (at < end && *at == RTTM_PLAIN)
        {
            at++;
            write_argument(sink, args++, &PLAIN);
        }
        else if (at < end)
        {
            if (end - at <= (int)SPEC_BYTES)
                return;
            struct spec spec = {at[1], (char)at[2], at[3], at[4]};

            at += 1 + SPEC_BYTES;
            write_argument(sink, args++, &spec);
        }
    }
}

/* A sink that is a function of a module's. */
struct written
{
    struct rttm_sink sink;
    void (*write)(void *context, const char *text, uint32_t length);
    void *context;
};

static void pass_on(struct rttm_sink *sink, const char *text, uint32_t length)
{
    const struct written *written = (const struct written *)sink;

    written->write(written->context, text, length);
}

void rttm_write_template(const uint8_t *template_text, uint32_t template_length, const struct rttm_arg *args,
                         void (*write)(void *context, const char *text, uint32_t length), void *context)
{
    struct written written = {{pass_on}, write, context};

    rttm_format(&written.sink, template_text, template_length, args);
}

static void write_fill(struct rttm_sink *sink, char fill, uint32_t count)
{
    while (count-- > 0)
        rttm_sink_write(sink, &fill, 1);
}

/* How much of `padding` goes before the text. */
static uint32_t padding_in_front(const struct spec *spec, uint8_t default_align, uint32_t padding)
{
    uint8_t align = spec->flags & RTTM_ALIGN_MASK;

    if (align == RTTM_ALIGN_DEFAULT)
        align = default_align;
    if (align == RTTM_ALIGN_RIGHT)
        return padding;
    return align == RTTM_ALIGN_CENTER ? padding / 2 : 0;
}

/* The bytes of the first `limit` characters of `text`. Stores the number of characters in `characters`. */
static uint32_t prefix_bytes(const char *text, uint32_t length, uint32_t limit, uint32_t *characters)
{
    uint32_t at;

    *characters = 0;
    for (at = 0; at < length; at++)
    {
        if (((uint8_t)text[at] & 0xC0u) == 0x80u)
            continue;
        if (*characters == limit)
            break;
        (*characters)++;
    }
    return at;
}

static void write_text(struct rttm_sink *sink, const char *text, uint32_t length, const struct spec *spec)
{
    uint32_t limit = spec->precision == RTTM_NO_PRECISION ? UINT32_MAX : spec->precision;
    uint32_t characters, padding, front;

    if (spec->width == 0 && limit == UINT32_MAX)
    {
        rttm_sink_write(sink, text, length);
        return;
    }
    length = prefix_bytes(text, length, limit, &characters);
    padding = characters < spec->width ? spec->width - characters : 0;
    front = padding_in_front(spec, RTTM_ALIGN_LEFT, padding);
    write_fill(sink, spec->fill, front);
    rttm_sink_write(sink, text, length);
    write_fill(sink, spec->fill, padding - front);
}

static void write_char(struct rttm_sink *sink, uint32_t scalar, const struct spec *spec)
{
    static const uint8_t leads[] = {0, 0xC0, 0xE0, 0xF0};
    char                 utf8[4];
    uint32_t             last = (uint32_t)((scalar >= 0x80u) + (scalar >= 0x800u) + (scalar >= 0x10000u));
    uint32_t             at;

    for (at = last; at > 0; at--)
    {
        utf8[at] = (char)(0x80u | (scalar & 0x3Fu));
        scalar >>= 6;
    }
    utf8[0] = (char)(leads[last] | scalar);
    write_text(sink, utf8, last + 1, spec);
}

/* An index of `radices`. */
static uint32_t radix_of(const struct spec *spec)
{
    uint32_t radix = (spec->flags & RTTM_RADIX_MASK) / RTTM_RADIX_HEX;

    return radix < sizeof radices / sizeof radices[0] ? radix : 0;
}

/*
 * Writes the digits to the end of `digits`, and returns their number. `before_a` is the character before the digit for
 * 10.
 */
static uint32_t digits_of(uint64_t magnitude, uint32_t base, char before_a, char digits[DIGITS_MAX])
{
    uint32_t count = 0;

    do
    {
        uint32_t digit;

        if (magnitude <= UINT32_MAX) /* the 64-bit division is slow */
        {
            digit = (uint32_t)magnitude % base;
            magnitude = (uint32_t)magnitude / base;
        }
        else
        {
            digit = (uint32_t)(magnitude % base);
            magnitude /= base;
        }
        digits[DIGITS_MAX - ++count] = (char)(digit < 10 ? '0' + digit : before_a + digit - 9);
    } while (magnitude != 0);
    return count;
}

/* `sign` is '-', '+' or NUL for none. */
static void write_number(struct rttm_sink *sink, uint64_t magnitude, char sign, uint32_t radix, const struct spec *spec)
{
    char     digits[DIGITS_MAX];
    char     head[3]; /* sign and prefix */
    char     before_a = (spec->flags & RTTM_RADIX_MASK) == RTTM_RADIX_UPPERHEX ? 'A' - 1 : 'a' - 1;
    uint32_t count = digits_of(magnitude, radices[radix].base, before_a, digits);
    uint32_t head_length = 0;
    uint32_t padding, zeros, front;

    if (sign != '\0')
        head[head_length++] = sign;
    if (spec->flags & RTTM_ALTERNATE && radix != 0)
    {
        head[head_length++] = '0';
        head[head_length++] = radices[radix].letter;
    }
    padding = head_length + count < spec->width ? spec->width - head_length - count : 0;
    zeros = spec->flags & RTTM_ZERO ? padding : 0; /* in place of fill and alignment */
    front = padding_in_front(spec, RTTM_ALIGN_RIGHT, padding - zeros);

    write_fill(sink, spec->fill, front);
    rttm_sink_write(sink, head, head_length);
    write_fill(sink, '0', zeros);
    rttm_sink_write(sink, digits + DIGITS_MAX - count, count);
    write_fill(sink, spec->fill, padding - zeros - front);
}

static uint64_t wide(const struct rttm_arg *arg)
{
    if (sizeof(uintptr_t) == sizeof(uint64_t))
        return arg->a;
    return (uint64_t)arg->b << 32 | arg->a;
}

/* In all radices but ten, a negative number is written as two's complement. */
static void write_integer(struct rttm_sink *sink, const struct rttm_arg *arg, const struct spec *spec)
{
    uint64_t bits = arg->kind >= RTTM_ARG_U64 ? wide(arg) : (uint32_t)arg->a;
    int64_t  value = arg->kind == RTTM_ARG_I32 ? (int32_t)bits : (int64_t)bits;
    uint32_t radix = radix_of(spec);
    char     sign = spec->flags & RTTM_PLUS ? '+' : '\0';

    if (value < 0 && radix == 0 && arg->kind != RTTM_ARG_U64)
    {
        sign = '-';
        bits = UINT64_C(0) - (uint64_t)value;
    }
    write_number(sink, bits, sign, radix, spec);
}

/* The names of the errors in Rust, from -1 down; each ends with a NUL, the last one with two. */
static const char error_names[] =
    "Other\0TimedOut\0Full\0Empty\0OutOfMemory\0Unsupported\0Busy\0Io\0Interrupted\0InvalidInput\0WouldWait\0Deadlock\0"
    "NotFound\0AlreadyExists\0PermissionDenied\0IsADirectory\0NotADirectory\0DirectoryNotEmpty\0StorageFull\0"
    "TooManyOpenFiles\0InvalidFilename\0ReadOnlyFilesystem\0WouldBlock\0AddrInUse\0HostUnreachable\0ConnectionRefused\0"
    "ConnectionReset\0NotConnected\0UnexpectedEof\0WriteZero\0InvalidData\0";

static uint32_t name_bytes(const char *name)
{
    uint32_t bytes = 0;

    while (name[bytes] != '\0')
        bytes++;
    return bytes;
}

static void write_error(struct rttm_sink *sink, int32_t error)
{
    const char *name = error_names;

    while (++error < 0 && *name != '\0')
        name += name_bytes(name) + 1;
    rttm_sink_write(sink, name, name_bytes(name));
}

static void write_argument(struct rttm_sink *sink, const struct rttm_arg *arg, const struct spec *spec)
{
    switch (arg->kind)
    {
    case RTTM_ARG_STR:
        write_text(sink, (const char *)arg->a, (uint32_t)arg->b, spec);
        break;
    case RTTM_ARG_U32:
    case RTTM_ARG_I32:
    case RTTM_ARG_U64:
    case RTTM_ARG_I64:
        write_integer(sink, arg, spec);
        break;
    case RTTM_ARG_CHAR:
        write_char(sink, (uint32_t)arg->a, spec);
        break;
    case RTTM_ARG_BOOL:
        write_text(sink, arg->a ? "true" : "false", arg->a ? 4 : 5, spec);
        break;
    case RTTM_ARG_ERROR:
        write_error(sink, (int32_t)arg->a);
        break;
    case RTTM_ARG_FORMAT:
        ((void (*)(void *, struct rttm_sink *))arg->a)((void *)arg->b, sink);
        break;
    default: /* a kind that a later version of the ABI has */
        rttm_sink_write(sink, "?", 1);
        break;
    }
}
