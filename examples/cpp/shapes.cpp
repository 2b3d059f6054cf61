/*
 * Adds up the areas of some shapes: virtual functions, a template, objects on the heap, and static objects.
 *
 *     mkmod c++ --kernel kernel.syms -Os shapes.cpp -o shapes.mo
 */
#include <stdio.h>
#include <stdlib.h>

#include <rttm_module.h>

RTTM_PROGRAM(2048, RTTM_PRIORITY_DEFAULT)

class Shape {
  public:
    virtual ~Shape() = default;
    virtual int         area() const = 0;
    virtual const char *name() const = 0;
};

class Rectangle : public Shape {
  public:
    Rectangle(int width, int height) : width(width), height(height)
    {
    }
    int area() const override
    {
        return width * height;
    }
    const char *name() const override
    {
        return "rectangle";
    }

  private:
    int width, height;
};

class Square : public Rectangle {
  public:
    explicit Square(int side) : Rectangle(side, side)
    {
    }
    const char *name() const override
    {
        return "square";
    }
};

/* Owns up to N objects. */
template <typename T, int N> class Collection {
  public:
    Collection()
    {
        printf("the collection is made\n");
    }

    ~Collection()
    {
        for (int i = 0; i < count; i++)
            delete items[i];
        printf("the collection is gone, with %d objects\n", count);
    }

    bool add(T *item)
    {
        if (count == N)
            return false;
        items[count++] = item;
        return true;
    }

    template <typename Function> void each(Function function) const
    {
        for (int i = 0; i < count; i++)
            function(*items[i]);
    }

  private:
    T  *items[N];
    int count = 0;
};

/* Made before `main`, gone after it. */
static Collection<Shape, 8> shapes;

class Log {
  public:
    Log()
    {
        printf("the first line of the log\n");
    }
    ~Log()
    {
        printf("the log had %d lines\n", lines);
    }

    void line(const Shape &shape)
    {
        printf("%s: %d\n", shape.name(), shape.area());
        lines++;
    }

  private:
    int lines = 0;
};

/* Made when it is used first. */
static Log &log()
{
    static Log log;

    return log;
}

int main(int argc, char **argv)
{
    int sum = 0;

    for (int i = 1; i < argc; i++)
        shapes.add(new Square(atoi(argv[i])));
    shapes.add(new Rectangle(2, 3));
    shapes.each([&](const Shape &shape) {
        log().line(shape);
        sum += shape.area();
    });
    printf("sum: %d\n", sum);
    return 0;
}
