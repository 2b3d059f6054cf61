//! Connects to itself, and sends packets: `sockets tcp`, `sockets udp HOST:PORT`, and ways to end in the middle of it.
#![no_std]
#![no_main]

use core::time::Duration;

use rtt_mod::{
    Args, Error, Result,
    net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream, UdpSocket},
    println, process, thread,
};

/// The board's own address.
const SELF: Ipv4Addr = Ipv4Addr::new(10, 0, 2, 15);

/// More than a packet has.
static MANY: [u8; 3000] = [7; 3000];

#[rtt_mod::main]
fn main(mut args: Args) -> Result<()> {
    match (args.nth(1), args.next()) {
        (Some("tcp"), None) => tcp(),
        (Some("peek"), None) => peek(),
        (Some("udp"), Some(peer)) => udp(peer),
        (Some("refused"), None) => refused(),
        (Some("unanswered"), None) => unanswered(),
        (Some("timeout"), None) => timeout(),
        (Some("exit"), None) => {
            let open = pair()?;
            println!("{} open", [open.0, open.1].len());
            process::exit(3)
        }
        (Some("elsewhere"), None) => end_elsewhere(),
        (Some("panic"), None) => {
            let _open = pair()?;
            panic!("with open sockets")
        }
        _ => Err(Error::InvalidInput),
    }
}

/// Looks at data before it is read, and does not wait for more.
fn peek() -> Result<()> {
    let (client, server) = pair()?;
    client.write_all(b"data")?;
    let mut bytes = [0; 8];
    let first = server.peek(&mut bytes[..1])?;
    println!("peeked {first}: {}", bytes[0] == b'd');
    println!("read {}", server.read(&mut bytes)?);
    server.set_nonblocking(true)?;
    println!("{:?}", server.read(&mut bytes));
    server.set_nonblocking(false)?;
    drop(client);
    println!("read {}", server.read(&mut bytes)?);
    Ok(())
}

/// Both ends of a connection.
fn pair() -> Result<(TcpStream, TcpStream)> {
    let listener = TcpListener::bind((Ipv4Addr::UNSPECIFIED, 0))?;
    let port = listener.local_addr()?.port();
    let client = TcpStream::connect((SELF, port))?;
    let (server, from) = listener.accept()?;
    println!("connected: {}", from == client.local_addr()? && client.peer_addr()?.port() == port);
    Ok((client, server))
}

fn tcp() -> Result<()> {
    let (client, server) = pair()?;
    client.write_all(b"from the client")?;
    let mut text = [0; 15];
    server.read_exact(&mut text)?;
    println!("{}", str::from_utf8(&text).unwrap_or("?"));

    client.write_all(&MANY)?;
    client.shutdown(Shutdown::Write)?;
    let mut received = [0; 512];
    let mut count = 0;
    loop {
        match server.read(&mut received)? {
            0 => break,
            length => count += length,
        }
    }
    println!("{count} bytes and the end");
    println!("{:?}", server.read_exact(&mut received));
    Ok(())
}

fn udp(peer: &str) -> Result<()> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0))?;
    socket.set_read_timeout(Some(Duration::from_secs(5)))?;
    socket.send_to(b"a packet", peer)?;
    let mut packet = [0; 32];
    let (length, from) = socket.recv_from(&mut packet)?;
    println!("{} from {from}", str::from_utf8(&packet[..length]).unwrap_or("?"));

    socket.connect(peer)?;
    socket.send(b"another")?;
    let length = socket.recv(&mut packet)?;
    println!("{} from {}", str::from_utf8(&packet[..length]).unwrap_or("?"), socket.peer_addr()?);
    Ok(())
}

fn refused() -> Result<()> {
    println!("{:?}", TcpStream::connect((SELF, 9)).err());
    println!("{:?}", TcpStream::connect("no.such.host:9").err());
    Ok(())
}

fn unanswered() -> Result<()> {
    let nobody = SocketAddr::from(([10, 0, 2, 99], 9));
    println!("{:?}", TcpStream::connect_timeout(&nobody, Duration::from_millis(200)).err());
    Ok(())
}

fn timeout() -> Result<()> {
    let (client, _server) = pair()?;
    client.set_read_timeout(Some(Duration::from_millis(250)))?;
    println!("{:?}", client.read(&mut [0; 8]));
    client.set_read_timeout(Some(Duration::ZERO))
}

/// Another thread ends the module while this one waits in the network stack.
fn end_elsewhere() -> Result<()> {
    let (client, _server) = pair()?;
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0))?;
    thread::spawn(move || client.read(&mut [0; 8]));
    thread::spawn(|| {
        thread::sleep(Duration::from_millis(150));
        process::exit(4)
    });
    socket.recv(&mut [0; 8]).map(drop)
}
