//! Blocks of memory pools.
#![no_std]
#![no_main]

use core::{mem, time::Duration};

use rtt_mod::{
    Args, Error, Result,
    pool::{Block, Pool},
    println,
    sync::MessageQueue,
    thread,
    time::timer::OneShot,
};

struct Frame {
    number: u32,
    bytes: [u8; 60],
}

impl Drop for Frame {
    fn drop(&mut self) {
        println!("frame {} dropped", self.number);
    }
}

impl Frame {
    fn new(number: u32) -> Self {
        Frame { number, bytes: [number as u8; 60] }
    }
}

static FRAMES: Pool<Frame> = Pool::new(3);
static SENT: MessageQueue<Block<'static, Frame>> = MessageQueue::new(3);

#[rtt_mod::main]
fn main(mut args: Args) -> Result<()> {
    FRAMES.set_name("frames")?;
    match args.nth(1) {
        Some("wait") => return wait(),
        Some("forget") => mem::forget(FRAMES.allocate(Frame::new(9))),
        Some("panic") => {
            let _frame = FRAMES.allocate(Frame::new(9));
            panic!("with a block");
        }
        _ => (),
    }
    through_a_queue();
    from_an_interrupt()?;
    aligned();
    Ok(())
}

/// Another thread receives the blocks. Of three, the first has to come back for the fourth.
fn through_a_queue() {
    let receiver = thread::spawn(|| {
        let mut sum = 0;
        for _ in 0..4 {
            let frame = SENT.receive();
            sum += frame.bytes.iter().map(|byte| u32::from(*byte)).sum::<u32>();
        }
        sum
    });
    (1..=4).for_each(|number| SENT.send(FRAMES.allocate(Frame::new(number))));
    let Ok(sum) = receiver.join();
    println!("sum {sum}, available {}", FRAMES.available());
}

/// A hard timer takes blocks until there are none.
fn from_an_interrupt() -> Result<()> {
    static NUMBERS: Pool<u64> = Pool::new(2);
    static TAKEN: MessageQueue<Option<Error>> = MessageQueue::new(3);

    println!("{} numbers", NUMBERS.available());
    TAKEN.send(None);
    TAKEN.receive();
    let mut kept = [None, None, None];
    let timer = OneShot::hard(Duration::from_millis(5), move || {
        for place in &mut kept {
            let taken = NUMBERS.try_allocate(7);
            let _ = TAKEN.try_send(taken.as_ref().err().copied());
            *place = taken.ok();
        }
        kept = [None, None, None];
    })?;
    timer.start();
    println!("{:?} {:?} {:?}", TAKEN.receive(), TAKEN.receive(), TAKEN.receive());
    drop(timer);
    println!("{} numbers", NUMBERS.available());
    Ok(())
}

/// More than the kernel aligns.
fn aligned() {
    #[repr(align(32))]
    struct Line(u8);

    let pool = Pool::new(3);
    let lines = [1, 2, 3].map(|byte| pool.allocate(Line(byte)));
    let rests = lines.iter().map(|line| (&raw const **line).addr() % 32 + usize::from(line.0));
    println!("rests {:?}", rests.sum::<usize>());
}

/// Waits for a block that does not come.
fn wait() -> Result<()> {
    let _frames = [1, 2, 3].map(|number| FRAMES.allocate(Frame::new(number)));
    let late = FRAMES.allocate_timeout(Frame::new(4), Duration::from_millis(10));
    println!("{:?}", late.err());
    println!("waiting");
    FRAMES.allocate(Frame::new(5));
    Ok(())
}
