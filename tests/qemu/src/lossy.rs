//! A line that loses bytes: it stands between a program and a console on TCP.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// A lossy line. It takes one program after the other.
#[derive(Debug)]
pub struct Lossy {
    name: String,
    lost: Arc<AtomicUsize>,
}

impl Lossy {
    /// A line to `port`, a name such as `tcp:127.0.0.1:5555`, that drops about one byte in `one_in`, in each direction.
    ///
    /// # Errors
    /// When there is no free port.
    pub fn new(port: &str, one_in: u32, seed: u64) -> io::Result<Self> {
        let address = port.trim_start_matches("tcp:").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let name = format!("tcp:{}", listener.local_addr()?);
        let lost = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&lost);
        thread::spawn(move || {
            let mut random = fastrand::Rng::with_seed(seed);
            for program in listener.incoming().map_while(Result::ok) {
                let Ok(board) = TcpStream::connect(&address) else { return };
                // A line does not wait for more bytes.
                let _ = (program.set_nodelay(true), board.set_nodelay(true));
                let dropper =
                    |random: &mut fastrand::Rng| Dropper { one_in, random: random.fork(), lost: Arc::clone(&counter) };
                let (there, back) = (dropper(&mut random), dropper(&mut random));
                let back = both(&program, &board).map(|(program, board)| thread::spawn(|| back.pass(board, program)));
                there.pass(program, board);
                if let Ok(back) = back {
                    let _ = back.join();
                }
            }
        });
        Ok(Self { name, lost })
    }

    /// The name of the port, for mkmod.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many bytes were lost.
    pub fn lost(&self) -> usize {
        self.lost.load(Ordering::Relaxed)
    }
}

fn both(left: &TcpStream, right: &TcpStream) -> io::Result<(TcpStream, TcpStream)> {
    Ok((left.try_clone()?, right.try_clone()?))
}

struct Dropper {
    one_in: u32,
    random: fastrand::Rng,
    lost: Arc<AtomicUsize>,
}

impl Dropper {
    /// Passes bytes on until one side closes.
    fn pass(mut self, mut from: TcpStream, mut to: TcpStream) {
        let mut bytes = [0; 4096];
        while let Ok(length @ 1..) = from.read(&mut bytes) {
            let kept: Vec<_> =
                bytes[..length].iter().copied().filter(|_| self.random.u32(..self.one_in) != 0).collect();
            self.lost.fetch_add(length - kept.len(), Ordering::Relaxed);
            if to.write_all(&kept).is_err() {
                break;
            }
        }
        // It may be closed already.
        let _ = (from.shutdown(Shutdown::Both), to.shutdown(Shutdown::Both));
    }
}
