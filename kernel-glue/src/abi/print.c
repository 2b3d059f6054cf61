/* SPDX-License-Identifier: Apache-2.0 */
/* Formats the templates of `rttm_print` as Rust's `format!` does. */
#include "rtt_mod.h"

/* The bytes after RTTM_SPEC: flags, fill, width, precision. */
#define SPEC_BYTES 4u

/* The digits of a 64-bit number in binary. */
#define DIGITS_MAX 64u

/* The specification of an argument, as it is in a template. */
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

        for (; at != end; at++)
        {
            if (*at >= RTTM_PLAIN)
                break;
        }
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
            write_argument(sink, args++, (const struct spec *)(at + 1));
            at += 1 + SPEC_BYTES;
        }
    }
}

/* So many characters are written at once. */
#define FILL_AT_ONCE 16u

static void write_fill(struct rttm_sink *sink, char fill, uint32_t count)
{
    char     block[FILL_AT_ONCE];
    uint32_t at;

    if (count == 0)
        return;
    for (at = 0; at < FILL_AT_ONCE && at < count; at++)
        block[at] = fill;
    for (; count > FILL_AT_ONCE; count -= FILL_AT_ONCE)
        sink->write(sink, block, FILL_AT_ONCE);
    sink->write(sink, block, count);
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

/* The character of a digit. `before_a` is the one before the digit for 10. */
static char character_of(uint32_t digit, char before_a)
{
    return (char)(digit < 10 ? '0' + digit : before_a + digit - 9);
}

/* Writes the digits in front of `end`, and returns where they begin. */
static char *write_digits(char *end, uint64_t magnitude, uint32_t base, char before_a)
{
    uint32_t rest;

    for (; magnitude > UINT32_MAX; magnitude /= base) /* the 64-bit division is slow */
        *--end = character_of((uint32_t)(magnitude % base), before_a);
    rest = (uint32_t)magnitude;
    do
    {
        uint32_t above = rest / base;

        *--end = character_of(rest - above * base, before_a);
        rest = above;
    } while (rest != 0);
    return end;
}

/* The longest sign and prefix. */
#define HEAD_MAX 3u

/* Puts sign and prefix in front of `end`, and returns where they begin. NUL stands for none. */
static char *put_head(char *end, char sign, char letter)
{
    if (letter != '\0')
    {
        *--end = letter;
        *--end = '0';
    }
    if (sign != '\0')
        *--end = sign;
    return end;
}

/* `sign` is '-', '+' or NUL for none. Zeros, which replace fill and alignment, are written with the digits if they fit. */
static void write_number(struct rttm_sink *sink, uint64_t magnitude, char sign, uint32_t radix, const struct spec *spec)
{
    char     number[HEAD_MAX + DIGITS_MAX];
    char    *end = number + sizeof number;
    char     before_a = (spec->flags & RTTM_RADIX_MASK) == RTTM_RADIX_UPPERHEX ? 'A' - 1 : 'a' - 1;
    char    *first = write_digits(end, magnitude, radices[radix].base, before_a);
    char     letter = spec->flags & RTTM_ALTERNATE ? radices[radix].letter : '\0';
    uint32_t length = (uint32_t)(end - first) + (sign != '\0') + (letter != '\0' ? 2u : 0u);
    uint32_t padding = length < spec->width ? spec->width - length : 0;
    uint32_t zeros = spec->flags & RTTM_ZERO ? padding : 0;
    uint32_t front = padding_in_front(spec, RTTM_ALIGN_RIGHT, padding - zeros);

    write_fill(sink, spec->fill, front);
    if (zeros > (uint32_t)(first - number) - HEAD_MAX)
    {
        char *head = put_head(number + HEAD_MAX, sign, letter);

        rttm_sink_write(sink, head, (uint32_t)(number + HEAD_MAX - head));
        write_fill(sink, '0', zeros);
    }
    else
    {
        char *digits = first;

        while (first > digits - zeros)
            *--first = '0';
        first = put_head(first, sign, letter);
    }
    rttm_sink_write(sink, first, (uint32_t)(end - first));
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
