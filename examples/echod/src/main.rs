//! Sends back what it receives over TCP: `echod PORT`. Each connection has a thread, and ends when nothing comes for a second.
#![no_std]
#![no_main]

use core::{net::Ipv4Addr, time::Duration};

use rtt_mod::{
    Args, Error, Result,
    net::{TcpListener, TcpStream},
    println, thread,
};

#[rtt_mod::main]
fn main(mut args: Args) -> Result<()> {
    let port = args.nth(1).map_or(Ok(7), str::parse).map_err(|_| Error::InvalidInput)?;
    let listener = TcpListener::bind((Ipv4Addr::UNSPECIFIED, port))?;
    println!("listening at port {port}");
    loop {
        let (connection, from) = listener.accept()?;
        thread::spawn(move || match echo(&connection) {
            Ok(length) => println!("{from}: {length} bytes"),
            Err(error) => println!("{from}: {}", error.as_str()),
        });
    }
}

fn echo(connection: &TcpStream) -> Result<usize> {
    connection.set_read_timeout(Some(Duration::from_secs(1)))?;
    let (mut part, mut all) = ([0; 128], 0);
    loop {
        match connection.read(&mut part) {
            Ok(0) | Err(Error::WouldBlock) => return Ok(all),
            Ok(length) => {
                connection.write_all(&part[..length])?;
                all += length;
            }
            Err(error) => return Err(error),
        }
    }
}
