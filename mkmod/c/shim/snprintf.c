/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `snprintf`, `vsnprintf` and `sprintf`: %d %i %u %x %X %o %c %s %p with width, precision of text, `-`, `0` and the lengths
 * of C99; no floating-point numbers. The kernel's own formatter takes no numbers of 64 bits, and on RISC-V no negative
 * ones.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

/* The text, as far as there is room, and its whole length. */
struct output
{
    char  *text;
    size_t bytes;
    size_t length;
};

/* A conversion. */
struct conversion
{
    int  is_left; /* `-` */
    char padding;
    int  width;
    int  precision; /* negative: none */
    int  length;    /* the bytes of the argument */
};

static void put(struct output *output, char character)
{
    if (output->length + 1 < output->bytes)
        output->text[output->length] = character;
    output->length++;
}

static void put_padded(struct output *output, const struct conversion *conversion, char sign, const char *text,
                       size_t length)
{
    int    is_zero = conversion->padding == '0' && !conversion->is_left;
    size_t padding = length + (sign != '\0');

    padding = (size_t)conversion->width > padding ? (size_t)conversion->width - padding : 0;
    if (sign != '\0' && is_zero)
        put(output, sign);
    for (; padding > 0 && !conversion->is_left; padding--)
        put(output, is_zero ? '0' : ' ');
    if (sign != '\0' && !is_zero)
        put(output, sign);
    while (length-- > 0)
        put(output, *text++);
    for (; padding > 0; padding--)
        put(output, ' ');
}

static void put_number(struct output *output, const struct conversion *conversion, char sign, uint64_t number,
                       unsigned base, const char *digits)
{
    char  text[22];
    char *first = text + sizeof text;

    do
        *--first = digits[number % base];
    while ((number /= base) != 0);
    put_padded(output, conversion, sign, first, (size_t)(text + sizeof text - first));
}

static const char *read_number(const char *format, int *number, va_list *arguments)
{
    *number = 0;
    if (*format == '*')
    {
        *number = va_arg(*arguments, int);
        return format + 1;
    }
    while (*format >= '0' && *format <= '9')
        *number = *number * 10 + (*format++ - '0');
    return format;
}

/* What is between `%` and the letter. */
static const char *read_conversion(const char *format, struct conversion *conversion, va_list *arguments)
{
    *conversion = (struct conversion){0, ' ', 0, -1, sizeof(int)};
    for (;; format++)
    {
        if (*format == '-')
            conversion->is_left = 1;
        else if (*format == '0')
            conversion->padding = '0';
        else
            break;
    }
    format = read_number(format, &conversion->width, arguments);
    if (conversion->width < 0)
    {
        conversion->is_left = 1;
        conversion->width = -conversion->width;
    }
    if (*format == '.')
        format = read_number(format + 1, &conversion->precision, arguments);
    for (;; format++)
    {
        if (*format == 'l')
            conversion->length = conversion->length > (int)sizeof(int) || format[-1] == 'l' ? 8 : (int)sizeof(long);
        else if (*format == 'j')
            conversion->length = 8;
        else if (*format == 'z' || *format == 't')
            conversion->length = sizeof(size_t);
        else if (*format == 'h')
            conversion->length /= 2;
        else
            return format;
    }
}

static uint64_t read_argument(const struct conversion *conversion, va_list *arguments)
{
    switch (conversion->length)
    {
    case 8:
        return va_arg(*arguments, uint64_t);
    case 2:
        return (uint16_t)va_arg(*arguments, int);
    case 1:
        return (uint8_t)va_arg(*arguments, int);
    default:
        return va_arg(*arguments, unsigned);
    }
}

static void put_signed(struct output *output, const struct conversion *conversion, uint64_t number)
{
    unsigned unused_bits = 64 - 8 * (unsigned)conversion->length;
    int64_t  value = (int64_t)(number << unused_bits) >> unused_bits;

    put_number(output, conversion, value < 0 ? '-' : '\0', value < 0 ? 0 - (uint64_t)value : (uint64_t)value, 10,
               "0123456789");
}

static void put_text(struct output *output, const struct conversion *conversion, const char *text)
{
    size_t length = 0;

    if (text == NULL)
        text = "(null)";
    while ((conversion->precision < 0 || length < (size_t)conversion->precision) && text[length] != '\0')
        length++;
    put_padded(output, conversion, '\0', text, length);
}

/* The conversion whose letter is at `format`. */
static void convert(struct output *output, const struct conversion *conversion, char letter, va_list *arguments)
{
    const char *digits = letter == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
    char        character;

    switch (letter)
    {
    case 'd':
    case 'i':
        put_signed(output, conversion, read_argument(conversion, arguments));
        break;
    case 'u':
    case 'o':
        put_number(output, conversion, '\0', read_argument(conversion, arguments), letter == 'u' ? 10 : 8, digits);
        break;
    case 'x':
    case 'X':
        put_number(output, conversion, '\0', read_argument(conversion, arguments), 16, digits);
        break;
    case 'p':
        put(output, '0');
        put(output, 'x');
        put_number(output, conversion, '\0', (uintptr_t)va_arg(*arguments, void *), 16, digits);
        break;
    case 'c':
        character = (char)va_arg(*arguments, int);
        put_padded(output, conversion, '\0', &character, 1);
        break;
    case 's':
        put_text(output, conversion, va_arg(*arguments, const char *));
        break;
    default:
        put(output, letter);
        break;
    }
}

int vsnprintf(char *text, size_t bytes, const char *format, va_list arguments);

#ifndef KERNEL_vsnprintf
int vsnprintf(char *text, size_t bytes, const char *format, va_list arguments)
{
    struct output     output = {text, bytes, 0};
    struct conversion conversion;
    va_list           rest;

    va_copy(rest, arguments);
    for (; *format != '\0'; format++)
    {
        if (*format != '%')
        {
            put(&output, *format);
            continue;
        }
        format = read_conversion(format + 1, &conversion, &rest);
        if (*format == '\0')
            break;
        convert(&output, &conversion, *format, &rest);
    }
    va_end(rest);
    if (bytes > 0)
        text[output.length < bytes ? output.length : bytes - 1] = '\0';
    return (int)output.length;
}
#endif

#ifndef KERNEL_snprintf
int snprintf(char *text, size_t bytes, const char *format, ...)
{
    va_list arguments;
    int     length;

    va_start(arguments, format);
    length = vsnprintf(text, bytes, format, arguments);
    va_end(arguments);
    return length;
}
#endif

#ifndef KERNEL_sprintf
int sprintf(char *text, const char *format, ...)
{
    va_list arguments;
    int     length;

    va_start(arguments, format);
    length = vsnprintf(text, (size_t)-1, format, arguments);
    va_end(arguments);
    return length;
}
#endif
