//! Reads readings of sensors from a JSON text.
#![no_std]
#![no_main]

use rtt_mod::println;

const TEXT: &str = "{ \"site\": \"roof\", \"readings\": [\
    { \"id\": 3, \"celsius\": -12, \"ok\": true }, { \"id\": 4, \"celsius\": 31, \"ok\": false },\
    { \"id\": 7, \"celsius\": 18, \"ok\": true, \"note\": \"new \\\"head\\\"\" },\
    { \"id\": 9, \"celsius\": 22, \"ok\": true, \"raw\": [1, 2, [3, 4], {}] } ] }";

struct Reader<'a> {
    rest: &'a [u8],
}

#[derive(Default)]
struct Reading {
    id: i32,
    celsius: i32,
    ok: bool,
}

#[derive(Default)]
struct Total {
    count: u32,
    sum: i32,
    last: i32,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    fn next(&mut self) -> Option<u8> {
        let (&first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(first)
    }

    fn blanks(&mut self) {
        self.rest = self.rest.trim_ascii_start();
    }

    fn accept(&mut self, byte: u8) -> Option<()> {
        self.blanks();
        self.rest = self.rest.strip_prefix(&[byte])?;
        Some(())
    }

    fn word(&mut self, word: &[u8]) -> Option<()> {
        self.rest = self.rest.strip_prefix(word)?;
        Some(())
    }

    fn string(&mut self) -> Option<&'a [u8]> {
        self.accept(b'"')?;
        let mut length = 0;
        loop {
            match self.rest.get(length)? {
                b'"' => break,
                b'\\' => length += 2,
                _ => length += 1,
            }
        }
        let (string, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        self.accept(b'"')?;
        Some(string)
    }

    fn number(&mut self) -> Option<i32> {
        self.blanks();
        let is_negative = self.accept(b'-').is_some();
        self.peek().filter(u8::is_ascii_digit)?;
        let mut number = 0i32;
        while let Some(digit) = self.peek().filter(u8::is_ascii_digit) {
            number = number.wrapping_mul(10).wrapping_add((digit - b'0').into());
            self.next();
        }
        Some(if is_negative { -number } else { number })
    }

    fn members(&mut self, open: u8, close: u8, each: &mut dyn FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.accept(open)?;
        if self.accept(close).is_some() {
            return Some(());
        }
        loop {
            each(self)?;
            if self.accept(b',').is_none() {
                return self.accept(close);
            }
        }
    }

    fn key(&mut self) -> Option<&'a [u8]> {
        let key = self.string()?;
        self.accept(b':')?;
        Some(key)
    }

    fn skip(&mut self) -> Option<()> {
        self.blanks();
        match self.peek()? {
            b'{' => self.members(b'{', b'}', &mut |reader| {
                reader.key()?;
                reader.skip()
            }),
            b'[' => self.members(b'[', b']', &mut Self::skip),
            b'"' => self.string().map(drop),
            b't' => self.word(b"true"),
            b'f' => self.word(b"false"),
            b'n' => self.word(b"null"),
            _ => self.number().map(drop),
        }
    }

    fn boolean(&mut self) -> Option<bool> {
        self.blanks();
        let is_true = self.peek()? == b't';
        self.word(if is_true { b"true" } else { b"false" })?;
        Some(is_true)
    }

    fn reading(&mut self) -> Option<Reading> {
        let mut reading = Reading::default();
        self.members(b'{', b'}', &mut |reader| {
            match reader.key()? {
                b"id" => reading.id = reader.number()?,
                b"celsius" => reading.celsius = reader.number()?,
                b"ok" => reading.ok = reader.boolean()?,
                _ => reader.skip()?,
            }
            Some(())
        })?;
        Some(reading)
    }

    fn document(&mut self, total: &mut Total) -> Option<()> {
        self.members(b'{', b'}', &mut |reader| match reader.key()? {
            b"readings" => reader.members(b'[', b']', &mut |reader| {
                let reading = reader.reading()?;
                if reading.ok {
                    total.count += 1;
                    total.sum += reading.celsius;
                    total.last = reading.id;
                }
                Some(())
            }),
            _ => reader.skip(),
        })
    }
}

#[rtt_mod::main]
fn main() -> Result<(), &'static str> {
    pairs::mark();
    let mut total = Total::default();
    for _ in 0..20 {
        let mut reader = Reader { rest: TEXT.as_bytes() };
        if reader.document(&mut total).is_none() {
            println!("wrong at {}", TEXT.len() - reader.rest.len());
            return Err("the text is no JSON");
        }
    }
    println!("{} readings, {} degrees, the last of {}", total.count, total.sum, total.last);
    pairs::mark();
    Ok(())
}
