struct Error;

#[rtt_mod::main]
fn main() -> Result<(), Error> {
    Ok(())
}
