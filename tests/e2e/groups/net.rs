//! Sockets through lwIP and an Ethernet controller, to the board itself and to the host, which has the address 10.0.2.2 in
//! QEMU.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, UdpSocket};
use std::thread;

use e2e::{Fixture, Session};

use super::{TestResult, Tests};

pub const TESTS: Tests = &[
    ("a_page_comes_from_a_server", http),
    ("a_server_answers_a_client_on_the_same_board", echo),
    ("bytes_pass_through_a_connection", tcp),
    ("packets_come_back", udp),
    ("nobody_answers", refused),
    ("a_wait_ends_in_time", timeout),
    ("what_is_open_is_closed_at_the_end", ends),
    ("messages_go_to_ulog", ulog),
    ("data_is_peeked_at_and_not_waited_for", peek),
];

fn http(fixture: &Fixture) -> TestResult {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let port = listener.local_addr()?.port();
    let server = thread::spawn(move || serve(&listener));
    let mut session = warm(fixture)?;
    let before = session.settled_memory()?;
    session
        .run(&format!("mod run http 10.0.2.2:{port}"))?
        .prints(r"HTTP/1.0 200 OK\r\n\r\nhello from the host\n")?
        .prints("exit code 0")?;
    session.uses_at_most(before)?;
    let request = server.join().map_err(|_| "the server panicked")??;
    if request == "GET / HTTP/1.0\r\n\r\n" { Ok(()) } else { Err(format!("the request is {request:?}").into()) }
}

/// Answers one request and returns it.
fn serve(listener: &TcpListener) -> std::io::Result<String> {
    let (mut stream, _) = listener.accept()?;
    let mut request = vec![0; 18];
    stream.read_exact(&mut request)?;
    stream.write_all(b"HTTP/1.0 200 OK\r\n\r\nhello from the host\n")?;
    Ok(String::from_utf8_lossy(&request).into_owned())
}

fn echo(fixture: &Fixture) -> TestResult {
    let mut session = warm(fixture)?;
    let before = session.settled_memory()?;
    session.start("echod 7007", "listening at port 7007")?;
    for _ in 0..2 {
        session.run("mod run http 10.0.2.15:7007")?.prints(r"GET / HTTP/1.0\r\n\r\n")?.prints("exit code 0")?;
    }
    session.run("mod kill echod")?.prints_nothing()?;
    session.uses_at_most(before)?;
    Ok(())
}

/// The board with a network has ulog as well.
fn ulog(fixture: &Fixture) -> TestResult {
    let mut session = fixture.boot()?;
    let all = "I/logger: the pump starts\nW/logger::pump: 81 degrees are too warm\nE/valve: it is stuck\n";
    session.run("mod run logger")?.prints(&format!("{all}exit code 0"))?;
    let before = session.settled_memory()?;
    session.run("ulog_tag_lvl valve 0")?.prints("")?;
    session.run("mod run logger")?.prints("I/logger: the pump starts\n")?.prints_no("it is stuck")?;
    session.run("ulog_tag_lvl valve 7")?.prints("")?;
    session.run("mod run logger")?.prints(&format!("{all}exit code 0"))?;
    session.uses(before)?;
    Ok(())
}

fn tcp(fixture: &Fixture) -> TestResult {
    let mut session = warm(fixture)?;
    let before = session.settled_memory()?;
    session
        .run("mod run sockets tcp")?
        .prints("connected: true\nfrom the client\n3000 bytes and the end\nErr(NotConnected)\nexit code 0")?;
    session.uses_at_most(before)?;
    Ok(())
}

fn udp(fixture: &Fixture) -> TestResult {
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0))?;
    let port = socket.local_addr()?.port();
    let server = thread::spawn(move || echo_twice(&socket));
    let mut session = warm(fixture)?;
    let before = session.settled_memory()?;
    session
        .run(&format!("mod run sockets udp 10.0.2.2:{port}"))?
        .prints(&format!("a packet from 10.0.2.2:{port}\nanother from 10.0.2.2:{port}\nexit code 0"))?;
    session.uses_at_most(before)?;
    Ok(server.join().map_err(|_| "the server panicked")??)
}

fn echo_twice(socket: &UdpSocket) -> std::io::Result<()> {
    let mut packet = [0; 64];
    for _ in 0..2 {
        let (length, from) = socket.recv_from(&mut packet)?;
        socket.send_to(&packet[..length], from)?;
    }
    Ok(())
}

fn refused(fixture: &Fixture) -> TestResult {
    let mut session = warm(fixture)?;
    let before = session.settled_memory()?;
    session.run("mod run sockets refused")?.prints("Some(ConnectionRefused)\nSome(NotFound)\nexit code 0")?;
    session.uses_at_most(before)?;
    // No check of the memory: lwIP keeps packets to an unknown address for some seconds.
    session.run("mod run sockets unanswered")?.prints("Some(TimedOut)\nexit code 0")?;
    Ok(())
}

fn timeout(fixture: &Fixture) -> TestResult {
    let mut session = warm(fixture)?;
    let before = session.settled_memory()?;
    session.run("mod run sockets timeout")?.prints("Err(WouldBlock)\nError: InvalidInput\nexit code 1")?;
    session.uses_at_most(before)?;
    Ok(())
}

fn ends(fixture: &Fixture) -> TestResult {
    let mut session = warm(fixture)?;
    let before = session.settled_memory()?;
    for _ in 0..3 {
        session.run("mod run sockets exit")?.prints("2 open\nexit code 3")?;
        session.run("mod run sockets elsewhere")?.prints("exit code 4")?;
        session.run("mod run sockets panic")?.prints("with open sockets\nexit code 101")?;
    }
    session.uses_at_most(before)?;
    Ok(())
}

/// A session in which the socket layer has made its tables, which it never frees. lwIP may also hold a packet until the next
/// one comes, so the memory that is used later can be less than after this, but not more.
fn warm(fixture: &Fixture) -> Result<Session, String> {
    let mut session = fixture.boot()?;
    session.run("mod run sockets tcp")?.prints("exit code 0")?;
    Ok(session)
}

fn peek(fixture: &Fixture) -> TestResult {
    let mut session = warm(fixture)?;
    let before = session.settled_memory()?;
    session
        .run("mod run sockets peek")?
        .prints("peeked 1: true\nread 4\nErr(WouldBlock)\nread 0\n")?
        .prints("exit code 0")?;
    session.uses_at_most(before)?;
    Ok(())
}
