//! Gets a page from a web server: `http HOST:PORT`.
#![no_std]
#![no_main]

use core::time::Duration;

use rtt_mod::{Args, Result, net::TcpStream, print, println, process::ExitCode};

#[rtt_mod::main]
fn main(mut args: Args) -> ExitCode {
    let server = args.next_back().unwrap_or("example.com:80");
    match get(server) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("{server}: {}", error.as_str());
            ExitCode::FAILURE
        }
    }
}

fn get(server: &str) -> Result<()> {
    let stream = TcpStream::connect(server)?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    stream.write_all(b"GET / HTTP/1.0\r\n\r\n")?;
    let mut part = [0; 128];
    loop {
        match stream.read(&mut part)? {
            0 => return Ok(()),
            length => print!("{}", part[..length].escape_ascii()),
        }
    }
}
